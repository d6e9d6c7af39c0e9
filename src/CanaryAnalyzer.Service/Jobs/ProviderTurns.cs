namespace CanaryAnalyzer.Service.Jobs;

/// <summary>Lets a number of measurements ask one metrics backend at the same time. The others of that backend wait for their turn, in order; those of other backends do not.</summary>
internal sealed class ProviderTurns
{
    /// <summary>How many ask one backend at the same time: Prometheus evaluates 20 by default, a distant store needs more for the same rate.</summary>
    public const int AtOnce = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Backend> _backends = new(StringComparer.Ordinal);

    /// <summary>Waits for a turn, which ends when the answer is disposed of.</summary>
    /// <param name="address">The backend; null for the default one.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async ValueTask<IDisposable> TakeAsync(Uri? address, CancellationToken cancellationToken)
    {
        var turn = new Turn(this, address?.GetLeftPart(UriPartial.Authority) ?? "");
        try
        {
            await turn.Backend.Free.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(turn);
            throw;
        }

        return turn;
    }

    private Backend Join(string name)
    {
        lock (_lock)
        {
            if (!_backends.TryGetValue(name, out var backend)) _backends[name] = backend = new Backend();
            backend.Users++;
            return backend;
        }
    }

    private void Leave(Turn turn)
    {
        lock (_lock)
        {
            // Addresses come and go with templates.
            if (--turn.Backend.Users == 0) _backends.Remove(turn.Name);
        }
    }

    private sealed class Backend
    {
        public SemaphoreSlim Free { get; } = new(AtOnce);

        public int Users { get; set; }
    }

    private sealed class Turn(ProviderTurns owner, string name) : IDisposable
    {
        public string Name => name;

        public Backend Backend { get; } = owner.Join(name);

        public void Dispose()
        {
            Backend.Free.Release();
            owner.Leave(this);
        }
    }
}
