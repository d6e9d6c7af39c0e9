using CanaryAnalyzer.Core.Analysis.Judging.Remembering;

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

    /// <summary>A mark of all of these.</summary>
    public ulong Mark { get; }

    /// <summary>The setups of all measures, in the order of the options.</summary>
    public static MeasureSetup[] Of(JudgeOptions judge, SeqSettings settings) => [.. judge.Measures.Select(measure => new MeasureSetup(measure, judge, settings))];

    /// <summary>Whether an interval counts: it began at the end of the warm-up or after it.</summary>
    public bool IsCounted(TimeSpan elapsed, TimeSpan? span) => elapsed - (span ?? Interval) >= Options.EffectiveWarmup;
}
