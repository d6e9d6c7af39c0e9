using CanaryAnalyzer.Kubernetes.Api;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>What the caches log; event ids 2500 to 2599.</summary>
internal static partial class Log
{
    [LoggerMessage(2500, LogLevel.Information, "{Type} isn't installed; looking again from time to time")]
    public static partial void KindIsAbsent(ILogger logger, ResourceType type);

    [LoggerMessage(2501, LogLevel.Warning, "Following {Type} fails ({Reason}); trying again")]
    public static partial void WatchFailed(ILogger logger, Exception exception, ResourceType type, string reason);

    [LoggerMessage(2502, LogLevel.Error, "A subscriber failed at a change of {Type} {Key}")]
    public static partial void SubscriberFailed(ILogger logger, Exception exception, ResourceType type, ResourceKey key);
}
