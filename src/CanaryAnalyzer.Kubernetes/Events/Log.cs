using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Events;

internal static partial class Log
{
    [LoggerMessage(2400, LogLevel.Warning, "The event {Reason} about {Namespace}/{Name} couldn't be written: {Message}")]
    public static partial void NotWritten(ILogger logger, Exception exception, string reason, string? @namespace, string? name, string message);
}
