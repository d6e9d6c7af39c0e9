using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>The versions of the judge. A run ends under the one with which it began, or begins its evidence anew and says so.</summary>
public static class JudgeVersions
{
    /// <summary>Evidence that is valid at any number of looks, with constants that are the same for every service.</summary>
    public const string Seq1 = "seq/1";

    /// <summary>
    /// Evidence of harm whose stakes follow what can be found at the traffic at hand, with clumped counts and heavy tails in mind; safety is tested at a few planned looks.
    /// </summary>
    public const string Seq2 = "seq/2";

    /// <summary>As seq/2, and where the stable side has no two halves whose difference is noise, that is read from how its intervals differ.</summary>
    public const string Seq3 = "seq/3";

    /// <summary>The version that new runs begin with.</summary>
    public const string Default = Seq3;

    /// <summary>All that there are.</summary>
    public static ImmutableArray<string> All { get; } = [Seq1, Seq2, Seq3];
}
