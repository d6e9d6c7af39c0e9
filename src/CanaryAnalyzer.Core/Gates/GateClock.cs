using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Gates;

/// <summary>The instant of a decision, and the next one at which time alone may change it.</summary>
internal sealed class GateClock(DateTimeOffset now)
{
    public DateTimeOffset Now => now;

    /// <summary>The present instant as Kubernetes can write it.</summary>
    public DateTimeOffset Stamp { get; } = KubernetesTime.RoundUp(now);

    /// <summary>When to decide again; null where nothing depends on time.</summary>
    public DateTimeOffset? RequeueAt { get; private set; }

    /// <summary>Whether an instant has come; one that has not is a time to decide again.</summary>
    public bool HasCome(DateTimeOffset instant)
    {
        if (instant > now) Requeue(instant);
        return instant <= now;
    }

    /// <summary>Asks to decide again at an instant, or earlier.</summary>
    public void Requeue(DateTimeOffset at)
    {
        if (RequeueAt is not { } earlier || at < earlier) RequeueAt = at;
    }
}
