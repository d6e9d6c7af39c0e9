namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>What an interval shows of one target, or of one of its scraped ports.</summary>
internal enum TargetStanding
{
    /// <summary>It was there at the beginning: its series count from their values then, and those that are new from 0.</summary>
    Continuing,

    /// <summary>It began within the interval, as it would have been seen before: everything counts from 0.</summary>
    New,

    /// <summary>It comes back, or was first seen too late to know what it did before: nothing counts yet.</summary>
    Baseline,

    /// <summary>It has no sample within the interval.</summary>
    Gone,
}
