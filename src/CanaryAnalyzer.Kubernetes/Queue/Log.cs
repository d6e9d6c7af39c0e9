using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Queue;

/// <summary>What the queues log; event ids 2200 to 2299.</summary>
internal static partial class Log
{
    [LoggerMessage(2200, LogLevel.Error, "Looking at {Key} failed; again in {Wait}")]
    public static partial void LookFailed(ILogger logger, Exception exception, object key, TimeSpan wait);
}
