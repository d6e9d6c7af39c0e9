namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>Who leads, as this process knows it. Closed: the four cases are those nested here.</summary>
public abstract record Leadership
{
    private Leadership()
    {
    }

    /// <summary>Nothing is known yet: the lease was not read since the start, or since leadership ended.</summary>
    public sealed record Seeking : Leadership;

    /// <summary>This process leads.</summary>
    /// <param name="Since">Since when.</param>
    public sealed record Leads(DateTimeOffset Since) : Leadership;

    /// <summary>Another process leads, and this one takes over when the lease is released or expires.</summary>
    /// <param name="Holder">The identity of who leads.</param>
    /// <param name="Since">Since when, as the lease says; null where it doesn't.</param>
    public sealed record StandsBy(string Holder, DateTimeOffset? Since) : Leadership;

    /// <summary>This process neither leads nor could take over.</summary>
    /// <param name="Failure">What failed at the lease.</param>
    public sealed record Fails(LeaseFailure Failure) : Leadership;
}
