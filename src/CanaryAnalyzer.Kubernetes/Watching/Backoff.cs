namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>Waits that double with each failure in a row.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private TimeSpan? _next;

    /// <summary>How long to wait now.</summary>
    public TimeSpan Next()
    {
        var wait = _next ?? first;
        _next = wait * 2 < longest ? wait * 2 : longest;
        return wait;
    }

    /// <summary>To call after a success.</summary>
    public void Reset() => _next = null;
}
