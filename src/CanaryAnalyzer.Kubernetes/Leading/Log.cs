using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Leading;

internal static partial class Log
{
    [LoggerMessage(2300, LogLevel.Information, "Leading by the lease {Lease}")]
    public static partial void Leading(ILogger logger, string lease);

    [LoggerMessage(2301, LogLevel.Information, "No longer leading by the lease {Lease}")]
    public static partial void NoLongerLeading(ILogger logger, string lease);

    [LoggerMessage(2302, LogLevel.Debug, "The lease {Lease} couldn't be read or renewed; trying again")]
    public static partial void LeaseFailed(ILogger logger, Exception exception, string lease);

    [LoggerMessage(2303, LogLevel.Warning, "The lease {Lease} couldn't be given back; it ends by itself")]
    public static partial void NotReleased(ILogger logger, Exception exception, string lease);

    [LoggerMessage(2304, LogLevel.Critical, "The leader's work ended with an exception")]
    public static partial void WorkFailed(ILogger logger, Exception exception);
}
