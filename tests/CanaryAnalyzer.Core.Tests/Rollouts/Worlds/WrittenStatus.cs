using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>A status as it comes back from the API server: its times in whole seconds, rounded up.</summary>
internal static class WrittenStatus
{
    public static RolloutStatus Of(RolloutStatus status) => status with
    {
        AbortedAt = Up(status.AbortedAt),
        PauseConditions = [.. status.PauseConditions.Select(p => p with { StartTime = Up(p.StartTime)!.Value })],
        Conditions = [.. status.Conditions.Select(c => c with { LastUpdateTime = Up(c.LastUpdateTime)!.Value, LastTransitionTime = Up(c.LastTransitionTime)!.Value })],
        Gate = status.Gate is not { } gate ? null
            : gate with { Earliest = Up(gate.Earliest), Deadline = Up(gate.Deadline), WaitingSince = Up(gate.WaitingSince) },
    };

    private static DateTimeOffset? Up(DateTimeOffset? instant)
    {
        var rest = (instant?.Ticks ?? 0) % TimeSpan.TicksPerSecond;
        return rest == 0 ? instant : instant!.Value.AddTicks(TimeSpan.TicksPerSecond - rest);
    }
}
