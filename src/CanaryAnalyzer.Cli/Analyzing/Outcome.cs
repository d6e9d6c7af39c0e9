namespace CanaryAnalyzer.Cli.Analyzing;

/// <summary>What an analysis comes to; the number is the exit code.</summary>
internal enum Outcome
{
    /// <summary>Every comparison shows safety.</summary>
    Promote = 0,

    /// <summary>One shows harm.</summary>
    Rollback = 1,

    /// <summary>Neither is shown.</summary>
    Inconclusive = 2,

    /// <summary>It could not be looked: a bad file, bad arguments, no Prometheus.</summary>
    Error = 3,
}
