using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Measures;

/// <summary>The constants of one version of the judge. A change of any of them is a new version.</summary>
internal sealed class SeqSettings
{
    /// <summary>No histogram is kept with more buckets; neighbours are merged.</summary>
    public const int MaxBuckets = 32;

    /// <summary>Without history: how many intervals of the warm-up are kept to measure noise.</summary>
    public const int MaxPending = 8;

    private static readonly ImmutableArray<double> HarmWeights = [.25, .25, .20, .12, .08, .06, .04];
    private static readonly ImmutableArray<double> SuperiorityWeights = [.25, .25, .25, .25];
    private static readonly ImmutableArray<SeqSettings> All = [new(JudgeVersions.Seq1)];

    private SeqSettings(string version) => Version = version;

    /// <summary>The version, with which a state begins.</summary>
    public string Version { get; }

    /// <summary>Weight of the assumption about noise, in intervals.</summary>
    public double PriorIntervals { get; private init; } = 5;

    /// <summary>Assumed dispersion where the history shows that of the two halves.</summary>
    public double PriorDispersion { get; private init; } = 1;

    /// <summary>Assumed dispersion where no history does.</summary>
    public double PriorDispersionWithoutHistory { get; private init; } = 2;

    /// <summary>An interval in which stable fails this many times as often as in its history must not vouch for the canary.</summary>
    public double VouchFactor { get; private init; } = 3;

    /// <summary>Tails at least this large have to be shown safe.</summary>
    public double SafeTailFrom { get; private init; } = 0.01;

    /// <summary>Weight of the latency distribution's body against its tails.</summary>
    public double BodyWeight { get; private init; } = 0.35;

    /// <summary>Error level of each end of the reported interval.</summary>
    public double IntervalError { get; private init; } = 0.025;

    /// <summary>Share of the stake that is put on harm from the first interval.</summary>
    public double StartNow { get; private init; } = 0.7;

    /// <summary>Share of the remaining cash that is put on harm that begins later, an interval.</summary>
    public double Hazard { get; private init; } = 0.02;

    /// <summary>How many past values of each pod it takes to know the noise of a series.</summary>
    public int SeriesHistory { get; private init; } = 60;

    /// <summary>A series' value against the noise is cut off at this many standard deviations.</summary>
    public double SeriesClip { get; private init; } = 4;

    /// <summary>At which variance evidence about a series of unknown noise is strongest.</summary>
    public double SeriesRho { get; private init; } = 1.5;

    /// <summary>How narrowly the alternatives lie around the expected share of traffic.</summary>
    public double TrafficConcentration { get; private init; } = 1000;

    /// <summary>Beyond this many times the harmful line of its own past a side is in an incident.</summary>
    public double SurgeRatio { get; private init; } = 2;

    /// <summary>Natural logarithm of the evidence of an incident that counts.</summary>
    public double SurgeThreshold { get; private init; } = Math.Log(100);

    /// <summary>Natural logarithm of the evidence of an incident beyond which no more is gathered, so that the end of one is noticed soon.</summary>
    public double SurgeCap { get; private init; } = Math.Log(100) + 2;

    /// <summary>How long both sides must be in an incident together before promotion waits.</summary>
    public TimeSpan SurgeLasts { get; private init; } = TimeSpan.FromMinutes(2);

    /// <summary>The alternatives to "not worse than tolerated", as multiples of that line.</summary>
    public ImmutableArray<double> HarmRatios { get; private init; } = [1.5, 2, 3, 5, 10, 25, 100];

    /// <summary>The alternatives to "on or beyond the harmful line", besides "like stable" which is put first.</summary>
    public ImmutableArray<double> SafeRatios { get; private init; } = [.8, .5, .2, .05];

    /// <summary>The steps of superiority, in units of the smallest relevant effect.</summary>
    public ImmutableArray<double> SuperioritySteps { get; private init; } = [1, 2, 4, 7];

    /// <summary>The ratios at which the reported interval may end.</summary>
    public ImmutableArray<double> IntervalRatios { get; private init; } = [.. Enumerable.Range(0, 40).Select(i => Math.Pow(10, -1 + (3.0 * i / 39)))];

    /// <summary>How evidence of safety is spread: all at once, 60 % on "like stable".</summary>
    public MixtureRule SafeRule { get; private init; } = new([.60, .10, .10, .10, .10], 1, 0, double.PositiveInfinity);

    /// <summary>The settings of a version; null where there is no such version.</summary>
    public static SeqSettings? Find(ReadOnlySpan<char> version)
    {
        foreach (var one in All)
        {
            if (version.SequenceEqual(one.Version))
                return one;
        }

        return null;
    }

    /// <summary>Weight of a tail of the latency distribution.</summary>
    public static double TailWeight(double fraction) => fraction >= 0.1 ? 0.15 : 0.25;

    /// <summary>How evidence of more errors or slow requests is spread.</summary>
    public MixtureRule HarmRule(double falseRollback, double weight) => new(HarmWeights, StartNow, Hazard, LargestGain(falseRollback, weight));

    /// <summary>How evidence of a slower body is spread.</summary>
    public MixtureRule BodyRule(double falseRollback, double weight) => new(SuperiorityWeights, StartNow, Hazard, LargestGain(falseRollback, weight));

    // One interval, such as a single bad scrape, may supply little more than half of what a rollback needs.
    private static double LargestGain(double falseRollback, double weight) => Math.Log(1.01) + (0.5 * Math.Log(1 / (falseRollback * weight)));
}
