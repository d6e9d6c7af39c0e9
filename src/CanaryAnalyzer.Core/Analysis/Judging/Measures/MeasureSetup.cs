using CanaryAnalyzer.Core.Analysis.Judging.Remembering;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging.Measures;

/// <summary>Under what a measure is judged: everything that its evidence depends on, the same at every look of a run.</summary>
internal sealed class MeasureSetup
{
    private MeasureSetup(MeasureOptions options, JudgeOptions judge, SeqSettings settings)
    {
        Options = options;
        Weight = judge.WeightOf(options);
        FalseRollback = judge.FalseRollback;
        Interval = judge.Interval;
        Settings = settings;
        LogSafeThreshold = Math.Log(1 / judge.FalsePromotion);
        Stakes = settings.Stakes(judge.MaxDuration is { } longest ? longest / judge.Interval : settings.EndlessLooks);
        Mark = Fingerprint.Of(this);
    }

    /// <summary>The measure's options.</summary>
    public MeasureOptions Options { get; }

    /// <summary>Its share of the whole evidence of harm, in [0, 1].</summary>
    public double Weight { get; }

    /// <summary>The acceptable probability of a false rollback.</summary>
    public double FalseRollback { get; }

    /// <summary>Distance of the looks.</summary>
    public TimeSpan Interval { get; }

    /// <summary>The constants of the judge's version.</summary>
    public SeqSettings Settings { get; }

    /// <summary>Natural logarithm of the evidence of safety that promotion needs.</summary>
    public double LogSafeThreshold { get; }

    /// <summary>How what is invested in an interval is spread over the alternatives.</summary>
    public PredictableStakes Stakes { get; }

    /// <summary>A mark of all that the evidence of harm depends on, but for how the stakes are spread.</summary>
    public ulong Mark { get; }

    /// <summary>The setups of all measures, in the order of the options.</summary>
    public static MeasureSetup[] Of(JudgeOptions judge, SeqSettings settings) => [.. judge.Measures.Select(measure => new MeasureSetup(measure, judge, settings))];

    /// <summary>Whether an interval counts: it began at the end of the warm-up or after it.</summary>
    public bool IsCounted(TimeSpan elapsed, TimeSpan? span) => elapsed - (span ?? Interval) >= Options.EffectiveWarmup;
}
