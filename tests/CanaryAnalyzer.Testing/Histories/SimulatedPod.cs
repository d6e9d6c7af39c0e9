namespace CanaryAnalyzer.Testing.Histories;

/// <summary>A pod whose traffic is drawn from a seed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">When it starts, in milliseconds since 1970; its counters begin at 0.</param>
/// <param name="To">When it ends.</param>
public sealed record SimulatedPod(string Name, long From, long To)
{
    /// <summary>Requests a second.</summary>
    public double Rate { get; init; } = 20;

    /// <summary>The share that fails.</summary>
    public double ErrorShare { get; init; } = 0.01;

    /// <summary>How many times as long its requests take as 50 ms at the median.</summary>
    public double Slower { get; init; } = 1;

    /// <summary>For how long after the start they take three times as long.</summary>
    public long Warmup { get; init; }

    /// <summary>When it restarts: its counters begin at 0 again; null: never.</summary>
    public long? RestartsAt { get; init; }
}
