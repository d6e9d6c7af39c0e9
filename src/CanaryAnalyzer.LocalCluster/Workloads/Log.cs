using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.LocalCluster.Workloads;

internal static partial class Log
{
    [LoggerMessage(7101, LogLevel.Warning, "{Controller} failed; it looks again")]
    public static partial void PassFailed(ILogger logger, Exception cause, string controller);
}
