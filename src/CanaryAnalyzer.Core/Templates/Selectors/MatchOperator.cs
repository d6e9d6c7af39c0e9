namespace CanaryAnalyzer.Core.Templates.Selectors;

/// <summary>How a label's value is compared in a PromQL selector.</summary>
public enum MatchOperator
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>=~</c>, the whole value by an RE2 expression.</summary>
    Matches,

    /// <summary><c>!~</c></summary>
    MatchesNot,
}
