using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>The constants of <c>seq/1</c>. A change of any of them is a new version of the judge.</summary>
internal static class SeqSettings
{
    /// <summary>The judge's version, with which a state begins.</summary>
    public const string Version = "seq/1";

    /// <summary>No histogram is kept with more buckets; neighbours are merged.</summary>
    public const int MaxBuckets = 32;

    /// <summary>Without history: how many intervals of the warm-up are kept to measure noise.</summary>
    public const int MaxPending = 8;

    /// <summary>Weight of the assumption about noise, in intervals.</summary>
    public const double PriorIntervals = 5;

    /// <summary>Assumed dispersion where the history shows that of the two halves.</summary>
    public const double PriorDispersion = 1;

    /// <summary>Assumed dispersion where no history does.</summary>
    public const double PriorDispersionWithoutHistory = 2;

    /// <summary>An interval in which stable fails this many times as often as in its history must not vouch for the canary.</summary>
    public const double VouchFactor = 3;

    /// <summary>Tails at least this large have to be shown safe.</summary>
    public const double SafeTailFrom = 0.01;

    /// <summary>Weight of the latency distribution's body against its tails.</summary>
    public const double BodyWeight = 0.35;

    /// <summary>Error level of each end of the reported interval.</summary>
    public const double IntervalError = 0.025;

    /// <summary>Share of the stake that is put on harm from the first interval.</summary>
    public const double StartNow = 0.7;

    /// <summary>Share of the remaining cash that is put on harm that begins later, an interval.</summary>
    public const double Hazard = 0.02;

    /// <summary>The alternatives to "not worse than tolerated", as multiples of that line.</summary>
    public static readonly ImmutableArray<double> HarmRatios = [1.5, 2, 3, 5, 10, 25, 100];

    /// <summary>The alternatives to "on or beyond the harmful line", besides "like stable" which is put first.</summary>
    public static readonly ImmutableArray<double> SafeRatios = [.8, .5, .2, .05];

    /// <summary>The steps of superiority, in units of the smallest relevant effect.</summary>
    public static readonly ImmutableArray<double> SuperioritySteps = [1, 2, 4, 7];

    /// <summary>The ratios at which the reported interval may end.</summary>
    public static readonly ImmutableArray<double> IntervalRatios = [.. Enumerable.Range(0, 40).Select(i => Math.Pow(10, -1 + (3.0 * i / 39)))];

    private static readonly ImmutableArray<double> HarmWeights = [.25, .25, .20, .12, .08, .06, .04];
    private static readonly ImmutableArray<double> SuperiorityWeights = [.25, .25, .25, .25];

    /// <summary>How evidence of safety is spread: all at once, 60 % on "like stable".</summary>
    public static readonly MixtureRule SafeRule = new([.60, .10, .10, .10, .10], 1, 0, double.PositiveInfinity);

    /// <summary>Weight of a tail of the latency distribution.</summary>
    public static double TailWeight(double fraction) => fraction >= 0.1 ? 0.15 : 0.25;

    /// <summary>How evidence of more errors or slow requests is spread.</summary>
    public static MixtureRule HarmRule(double falseRollback, double weight) => new(HarmWeights, StartNow, Hazard, LargestGain(falseRollback, weight));

    /// <summary>How evidence of a slower body is spread.</summary>
    public static MixtureRule BodyRule(double falseRollback, double weight) => new(SuperiorityWeights, StartNow, Hazard, LargestGain(falseRollback, weight));

    // One interval, such as a single bad scrape, may supply little more than half of what a rollback needs.
    private static double LargestGain(double falseRollback, double weight) => Math.Log(1.01) + (0.5 * Math.Log(1 / (falseRollback * weight)));
}
