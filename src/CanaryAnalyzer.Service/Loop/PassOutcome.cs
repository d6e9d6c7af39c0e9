using CanaryAnalyzer.Kubernetes.Applying;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>How a pass over one object ended. Closed: the five kinds are those nested here.</summary>
internal abstract record PassOutcome
{
    private PassOutcome()
    {
    }

    /// <summary>Nothing more to do until something changes.</summary>
    public sealed record Settled : PassOutcome;

    /// <summary>Look again at an instant.</summary>
    /// <param name="At">The instant.</param>
    public sealed record LookAgain(DateTimeOffset At) : PassOutcome;

    /// <summary>Nothing was read or decided, since the caches are older than our own last writes; reconcile when they show them.</summary>
    /// <param name="Writes">What to wait for.</param>
    public sealed record Behind(IReadOnlyList<WrittenObject> Writes) : PassOutcome;

    /// <summary>It failed; try again after a while that grows.</summary>
    /// <param name="Why">What failed, for people.</param>
    /// <param name="IsConflict">Whether only somebody else's write came in between, which is no failure.</param>
    public sealed record Retry(string Why, bool IsConflict = false) : PassOutcome;

    /// <summary>Trying again helps nothing before a person changes something.</summary>
    /// <param name="Why">What is wrong, for people.</param>
    public sealed record Terminal(string Why) : PassOutcome;
}
