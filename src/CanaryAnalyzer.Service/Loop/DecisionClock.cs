namespace CanaryAnalyzer.Service.Loop;

/// <summary>
/// The clock that decisions are made by: one second behind the real one. Resources have whole seconds, and decisions round up, so that what is counted from a stamp is
/// never cut short; on this clock an instant rounded up is never in the future, and is the second that events and the API server name. Decision 0006.
/// </summary>
internal sealed class DecisionClock(TimeProvider time)
{
    /// <summary>How far behind it is.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    /// <summary>The present instant on this clock.</summary>
    public DateTimeOffset Now => time.GetUtcNow() - Delay;

    /// <summary>When this clock shows an instant, for timers, which run by the real one.</summary>
    public static DateTimeOffset Real(DateTimeOffset instant) => instant > DateTimeOffset.MaxValue - Delay ? DateTimeOffset.MaxValue : instant + Delay;
}
