namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>A pod: made at an instant, available from another on; never where that is null.</summary>
internal sealed record WorldPod(DateTimeOffset CreatedAt, DateTimeOffset? AvailableAt)
{
    public bool IsAvailable(DateTimeOffset now) => AvailableAt <= now;
}
