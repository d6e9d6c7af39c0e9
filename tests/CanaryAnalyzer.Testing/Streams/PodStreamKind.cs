namespace CanaryAnalyzer.Testing.Streams;

/// <summary>What a stream of counters is like.</summary>
/// <param name="StablePods">The number of stable pods, which share the stable traffic evenly.</param>
/// <param name="Clump">Variance over mean of the errors: 1 is independent ones.</param>
/// <param name="CanaryShare">The canary's share of all requests.</param>
/// <param name="HasHistory">Whether what the stable pods did before the canary came is known.</param>
/// <param name="CanaryRatio">How many times as often a request fails on the canary as on stable; 1 is a harmless one.</param>
public sealed record PodStreamKind(int StablePods, double Clump, double CanaryShare, bool HasHistory, double CanaryRatio = 1)
{
    /// <summary>Requests a second of both sides together.</summary>
    public double RequestsPerSecond { get; init; } = 100;

    /// <summary>The share of stable's requests that fail.</summary>
    public double ErrorRate { get; init; } = 0.003;
}
