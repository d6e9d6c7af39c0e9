using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Service.Reconciling.AnalysisRuns;

/// <summary>What passes over AnalysisRuns log; event ids 3100 to 3199.</summary>
internal static partial class Log
{
    [LoggerMessage(3100, LogLevel.Information, "AnalysisRun {Run} is {Phase}: {Message}")]
    public static partial void PhaseChanged(ILogger logger, ResourceKey run, AnalysisPhase phase, string message);

    [LoggerMessage(3102, LogLevel.Warning, "AnalysisRun {Run}: {Lag}")]
    public static partial void LooksLate(ILogger logger, ResourceKey run, MeasurementLag lag);

    [LoggerMessage(3103, LogLevel.Error, "How far looks are behind could not be measured; it is tried again in {Seconds} s")]
    public static partial void LagUnknown(ILogger logger, Exception exception, double seconds);

    [LoggerMessage(3101, LogLevel.Information, "AnalysisRun {Run} deleted: its time to live is over")]
    public static partial void Deleted(ILogger logger, ResourceKey run);
}
