using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>What the loop logs; event ids 2000 to 2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Rollout {Rollout} is {Phase}, step {Step}, canary weight {Weight}: {Message}")]
    public static partial void StateChanged(ILogger logger, ResourceKey rollout, RolloutPhase? phase, int? step, int? weight, string message);

    [LoggerMessage(2001, LogLevel.Information, "Rollout {Rollout}: {Reason}: {Message}")]
    public static partial void Told(ILogger logger, ResourceKey rollout, string reason, string message);

    [LoggerMessage(2002, LogLevel.Warning, "Rollout {Rollout}: {Reason}: {Message}")]
    public static partial void Warned(ILogger logger, ResourceKey rollout, string reason, string message);

    [LoggerMessage(2003, LogLevel.Warning, "{Kind} {Key}: reconcile failed, retrying in {Wait}: {Why}")]
    public static partial void PassFailed(ILogger logger, string kind, ResourceKey key, TimeSpan wait, string why);

    [LoggerMessage(2004, LogLevel.Error, "{Kind} {Key}: will not retry until the object changes: {Why}")]
    public static partial void PassStopped(ILogger logger, string kind, ResourceKey key, string why);

    [LoggerMessage(2005, LogLevel.Warning, "Another rollout controller ({Holder}) holds the lease {Lease} on the same Rollouts: observing only")]
    public static partial void ForeignController(ILogger logger, string holder, string lease);

    [LoggerMessage(2009, LogLevel.Information, "{Holder} no longer holds the lease {Lease}: reconciling")]
    public static partial void ForeignControllerGone(ILogger logger, string holder, string lease);

    [LoggerMessage(2006, LogLevel.Debug, "Rollout {Rollout}: {Count} effects: {Effects}")]
    public static partial void Effects(ILogger logger, ResourceKey rollout, int count, string effects);

    [LoggerMessage(2008, LogLevel.Information, "Rollout {Rollout}: release ended: {Record}")]
    public static partial void ReleaseEnded(ILogger logger, ResourceKey rollout, string record);

    [LoggerMessage(2007, LogLevel.Debug, "{Kind} {Key}: the object changed during the reconcile, retrying in {Wait}")]
    public static partial void PassRepeated(ILogger logger, string kind, ResourceKey key, TimeSpan wait);
}
