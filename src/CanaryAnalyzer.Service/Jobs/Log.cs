using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>What measuring logs; event ids 3000 to 3099. No values: they could hold what a Secret holds.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Debug, "AnalysisRun {Run}: metric {Metric} measured: {Phase}")]
    public static partial void Measured(ILogger logger, ResourceKey run, string metric, AnalysisPhase phase);

    [LoggerMessage(3002, LogLevel.Debug, "AnalysisRun {Run}: metric {Metric} waits for the last word of the run before, and is asked at {Again}")]
    public static partial void PutOff(ILogger logger, ResourceKey run, string metric, DateTimeOffset again);

    [LoggerMessage(3001, LogLevel.Error, "AnalysisRun {Run}: measuring metric {Metric} threw {Kind}; it counts as an error")]
    public static partial void Threw(ILogger logger, ResourceKey run, string metric, string kind);
}
