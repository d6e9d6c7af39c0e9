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
    private static readonly ImmutableArray<double> OnlyOne = [1];

    private static readonly ImmutableArray<SeqSettings> All =
    [
        new(JudgeVersions.Seq1),
        new(JudgeVersions.Seq2) { AdaptsStakes = true, PlansSafety = true, BodyWeight = 0.45, ShapeWeight = 0.30, TailsWeight = 0.25, StartNow = 0.9 },
        new(JudgeVersions.Seq3) { AdaptsStakes = true, PlansSafety = true, BodyWeight = 0.45, ShapeWeight = 0.30, TailsWeight = 0.25, StartNow = 0.9, ReadsTime = true },
    ];

    private const double StakeNeed = 7;
    private const double StakeSoonest = 1.5;
    private const double StakeFloor = 0.1;

    private SeqSettings(string version) => Version = version;

    /// <summary>The version, with which a state begins.</summary>
    public string Version { get; }

    /// <summary>
    /// Whether what is invested is spread by what can be found at the traffic at hand, counts that clump are taken as such, an interval's own halves tell its noise, and
    /// the tolerated line holds for the body of a latency distribution, too.
    /// </summary>
    public bool AdaptsStakes { get; private init; }

    /// <summary>Whether safety is tested at planned looks; else it is evidence like that of harm.</summary>
    public bool PlansSafety { get; private init; }

    /// <summary>Whether noise is read from how intervals differ where the stable side has no two halves to compare.</summary>
    public bool ReadsTime { get; private init; }

    /// <summary>Weight of the assumption about noise, in intervals.</summary>
    public double PriorIntervals { get; private init; } = 5;

    /// <summary>Assumed dispersion where a whole history shows that of the two halves.</summary>
    public double PriorDispersionWithHistory { get; private init; } = 1;

    /// <summary>Assumed dispersion where no history does.</summary>
    public double PriorDispersionWithoutHistory { get; private init; } = 2;

    /// <summary>How many intervals of both halves are a whole history.</summary>
    public int WholeHistory { get; private init; } = 30;

    /// <summary>An interval in which stable fails this many times as often as in its history must not vouch for the canary.</summary>
    public double VouchFactor { get; private init; } = 3;

    /// <summary>Tails at least this large have to be shown safe.</summary>
    public double SafeTailFrom { get; private init; } = 0.01;

    /// <summary>Weight of the latency distribution's body against its tails.</summary>
    public double BodyWeight { get; private init; } = 0.35;

    /// <summary>Weight of a tail that is heavier by a power, against body and tails; 0: not looked for.</summary>
    public double ShapeWeight { get; private init; }

    /// <summary>Weight of all tails together; null: each tail's own.</summary>
    public double? TailsWeight { get; private init; }

    /// <summary>From which slowest share on a tail is heavier by a power.</summary>
    public double ShapeTail { get; private init; } = 0.005;

    /// <summary>That power.</summary>
    public double ShapePower { get; private init; } = 0.8;

    /// <summary>Beyond this the score by which the halves' tails are compared is cut off.</summary>
    public double LargestShapeScore { get; private init; } = 9;

    /// <summary>How noise is taken where a history shows it.</summary>
    public DispersionRule NoiseWithHistory { get; private init; } = new(1, 5, 1.5, 1);

    /// <summary>How noise is taken without.</summary>
    public DispersionRule NoiseWithoutHistory { get; private init; } = new(2, 2, 0, 1.5);

    /// <summary>A history of fewer intervals counts as none.</summary>
    public int ShortestHistory { get; private init; } = 10;

    /// <summary>Part of the longest duration within which alternatives should be found.</summary>
    public double StakeHorizon { get; private init; } = 0.75;

    /// <summary>How many looks are assumed where a run has no end.</summary>
    public int EndlessLooks { get; private init; } = 60;

    /// <summary>The distance of planned looks, as a factor of the time since the start.</summary>
    public double PlannedRatio { get; private init; } = 1.4;

    /// <summary>The part of the accepted risk of a false promotion that is spent by the end of the longest duration; the rest is for looks after it.</summary>
    public double SpentByEnd { get; private init; } = 0.9;

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

    /// <summary>Natural logarithm of the evidence by which a share that was wrong is right again.</summary>
    public double TrafficRightAt { get; private init; } = Math.Log(100);

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

    /// <summary>Dispersion that is assumed before any is measured: a short history says little about rare clumps.</summary>
    /// <param name="historyIntervals">How many intervals of the history had requests in both halves.</param>
    public double PriorDispersion(int historyIntervals)
    {
        var part = Math.Min(historyIntervals, WholeHistory) / (double)WholeHistory;
        return PriorDispersionWithoutHistory + (part * (PriorDispersionWithHistory - PriorDispersionWithoutHistory));
    }

    /// <summary>The dispersion by which evidence is toned down.</summary>
    /// <param name="noise">What the halves of the stable side showed.</param>
    /// <param name="historyIntervals">How many intervals of the history had requests in both halves.</param>
    public double Dispersion(Dispersion noise, int historyIntervals)
    {
        if (!AdaptsStakes)
            return noise.Value(PriorDispersion(historyIntervals), PriorIntervals);
        return noise.Upper(historyIntervals >= ShortestHistory ? NoiseWithHistory : NoiseWithoutHistory);
    }

    /// <summary>How what is invested is spread.</summary>
    /// <param name="looks">Looks of the longest duration.</param>
    public PredictableStakes Stakes(double looks) => new(StakeNeed, StakeSoonest, Math.Max(StakeHorizon * looks, 2 * StakeSoonest), StakeFloor);

    /// <summary>The part of the accepted risk of a false promotion that may be spent up to a planned look.</summary>
    /// <param name="share">The look's time since the start, as a share of the longest duration; beyond 1 after it.</param>
    public double Spendable(double share) => share < 1 ? SpentByEnd * share * share : 1 - ((1 - SpentByEnd) / share);

    /// <summary>Weights of the tails of the latency distribution, in their order.</summary>
    public double[] TailWeights(ImmutableArray<double> fractions)
    {
        if (TailsWeight is not { } all)
            return [.. fractions.Select(fraction => fraction >= 0.1 ? 0.15 : 0.25)];
        double[] weights = [.. fractions.Select(fraction => fraction >= 0.1 ? 0.05 : 0.10)];
        var sum = weights.Sum();
        return [.. weights.Select(weight => all * weight / sum)];
    }

    /// <summary>How evidence of a heavier tail is spread: there is one alternative.</summary>
    public MixtureRule ShapeRule(double falseRollback, double weight) => new(OnlyOne, StartNow, Hazard, LargestGain(falseRollback, weight));

    /// <summary>How evidence of more errors or slow requests is spread.</summary>
    public MixtureRule HarmRule(double falseRollback, double weight) => new(HarmWeights, StartNow, Hazard, LargestGain(falseRollback, weight));

    /// <summary>How evidence of a slower body is spread.</summary>
    public MixtureRule BodyRule(double falseRollback, double weight) => new(SuperiorityWeights, StartNow, Hazard, LargestGain(falseRollback, weight));

    // One interval, such as a single bad scrape, may supply little more than half of what a rollback needs.
    private static double LargestGain(double falseRollback, double weight) => Math.Log(1.01) + (0.5 * Math.Log(1 / (falseRollback * weight)));
}
