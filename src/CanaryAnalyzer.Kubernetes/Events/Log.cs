using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Events;

/// <summary>What the recorder of events logs; event ids 2400 to 2499.</summary>
internal static partial class Log
{
    [LoggerMessage(2400, LogLevel.Warning, "The event {Reason} about {Namespace}/{Name} couldn't be written: {Message}")]
    public static partial void NotWritten(ILogger logger, Exception exception, string reason, string? @namespace, string? name, string message);

    [LoggerMessage(2401, LogLevel.Warning, "The event {Reason} about {Namespace}/{Name} was dropped, too many are waiting or the controller ends: {Message}")]
    public static partial void Lost(ILogger logger, string reason, string? @namespace, string? name, string message);
}
