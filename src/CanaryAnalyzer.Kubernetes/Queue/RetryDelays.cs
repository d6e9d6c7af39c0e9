namespace CanaryAnalyzer.Kubernetes.Queue;

/// <summary>How long to wait before a key that failed is looked at again: doubling from <paramref name="First"/> to <paramref name="Longest"/>.</summary>
public sealed record RetryDelays(TimeSpan First, TimeSpan Longest)
{
    /// <summary>From 10 ms to 30 s.</summary>
    public static RetryDelays Default { get; } = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(30));

    /// <summary>The wait after one more failure than <paramref name="failuresBefore"/>.</summary>
    public TimeSpan After(int failuresBefore)
    {
        var wait = First.Ticks * Math.Pow(2, failuresBefore);
        return wait < Longest.Ticks ? TimeSpan.FromTicks((long)wait) : Longest;
    }
}
