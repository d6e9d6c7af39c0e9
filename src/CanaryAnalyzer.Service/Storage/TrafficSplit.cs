namespace CanaryAnalyzer.Service.Storage;

/// <summary>How a Rollout's traffic is split.</summary>
/// <param name="CanaryWeight">The canary's share now, in percent; null where none is known.</param>
/// <param name="Changes">When it last changed, oldest first.</param>
internal sealed record TrafficSplit(int? CanaryWeight, IReadOnlyList<DateTimeOffset> Changes)
{
    /// <summary>That of a run that belongs to no Rollout.</summary>
    public static TrafficSplit Unknown { get; } = new(null, []);
}
