using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.LocalCluster.Api;

internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, Exception cause, string method, string path);
}
