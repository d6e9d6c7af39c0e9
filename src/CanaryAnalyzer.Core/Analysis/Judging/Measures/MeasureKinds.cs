using CanaryAnalyzer.Core.Analysis.Judging.Gauges;
using CanaryAnalyzer.Core.Analysis.Judging.Histograms;
using CanaryAnalyzer.Core.Analysis.Judging.Limits;
using CanaryAnalyzer.Core.Analysis.Judging.Remembering;
using CanaryAnalyzer.Core.Analysis.Judging.Traffic;

namespace CanaryAnalyzer.Core.Analysis.Judging.Measures;

/// <summary>Which kind of measure is judged by what.</summary>
internal static class MeasureKinds
{
    /// <summary>The state before the first look.</summary>
    public static MeasureState Start(MeasureSetup setup, MeasureHistory history) => setup.Options.Kind switch
    {
        MeasureKind.ErrorRate or MeasureKind.Latency => HistogramStart.From(setup, history),
        MeasureKind.Series => SeriesState.Start(setup, history),
        MeasureKind.Limit => LimitState.Start(setup, history),
        MeasureKind.Traffic => new TrafficState(setup),
        _ => throw new ArgumentOutOfRangeException(nameof(setup), setup.Options.Kind, "Not a kind of measure."),
    };

    /// <summary>Reads a state; null where what was written doesn't fit.</summary>
    public static MeasureState? Read(MeasureSetup setup, StateReader from) => setup.Options.Kind switch
    {
        MeasureKind.ErrorRate or MeasureKind.Latency => HistogramState.Read(setup, from),
        MeasureKind.Series => SeriesState.Read(setup, from),
        MeasureKind.Limit => LimitState.Read(setup, from),
        MeasureKind.Traffic => TrafficState.Read(setup, from),
        _ => null,
    };
}
