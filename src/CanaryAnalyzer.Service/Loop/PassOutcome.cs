namespace CanaryAnalyzer.Service.Loop;

/// <summary>How a pass over one object ended. Closed: the four kinds are those nested here.</summary>
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

    /// <summary>It failed; try again after a while that grows.</summary>
    /// <param name="Why">What failed, for people.</param>
    /// <param name="IsConflict">Whether only somebody else's write came in between, which is no failure.</param>
    public sealed record Retry(string Why, bool IsConflict = false) : PassOutcome;

    /// <summary>Trying again helps nothing before a person changes something.</summary>
    /// <param name="Why">What is wrong, for people.</param>
    public sealed record Terminal(string Why) : PassOutcome;
}
