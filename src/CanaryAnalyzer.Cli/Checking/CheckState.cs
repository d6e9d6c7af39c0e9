namespace CanaryAnalyzer.Cli.Checking;

/// <summary>How a check came out.</summary>
internal enum CheckState
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>It works, or can't be told from here.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Bad,
}
