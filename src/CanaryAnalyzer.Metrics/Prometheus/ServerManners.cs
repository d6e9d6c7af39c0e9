namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>How a server wants to be asked, as far as its answers have said so; kept with the client.</summary>
internal sealed class ServerManners
{
    private long _notBefore;

    /// <summary>Whether it refused POST and took GET: a door that lets reading pass only.</summary>
    public bool TakesGetOnly { get; set; }

    /// <summary>The instant until which it asked to be left alone; the past where it did not.</summary>
    public DateTimeOffset NotBefore
    {
        get => new(Volatile.Read(ref _notBefore), TimeSpan.Zero);
        set => Volatile.Write(ref _notBefore, value.UtcTicks);
    }
}
