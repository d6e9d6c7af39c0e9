namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>
/// The claims of ReplicaSets that the API server refused, as by an admission policy, in memory: each is left out of what a Rollout's decision knows for a while, so
/// that all else is decided without it.
/// </summary>
public sealed class ClaimRefusals(TimeProvider time)
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);
    private readonly Lock access = new();
    private readonly Dictionary<(string Rollout, string ReplicaSet), Refusal> refusals = [];

    /// <summary>Whether a claim was refused a short while ago.</summary>
    /// <param name="rollout">The Rollout's uid.</param>
    /// <param name="replicaSet">The ReplicaSet's name.</param>
    public bool IsRefused(string rollout, string replicaSet)
    {
        lock (access) return refusals.TryGetValue((rollout, replicaSet), out var known) && known.At + Again > time.GetUtcNow();
    }

    /// <summary>Keeps a refusal.</summary>
    /// <param name="rollout">The Rollout's uid.</param>
    /// <param name="replicaSet">The ReplicaSet's name.</param>
    /// <param name="message">What the API server said.</param>
    public void Add(string rollout, string replicaSet, string message)
    {
        lock (access)
        {
            // A claim that is still made is refused again after a while: what is older is of a ReplicaSet that is gone.
            foreach (var old in refusals.Where(r => r.Value.At + Forgotten < time.GetUtcNow()).Select(r => r.Key).ToList()) refusals.Remove(old);
            var isTold = refusals.TryGetValue((rollout, replicaSet), out var known) && known.IsTold && known.Message == message;
            refusals[(rollout, replicaSet)] = new Refusal(time.GetUtcNow(), message, isTold);
        }
    }

    /// <summary>The refusals of a Rollout that nobody was told of yet, by ReplicaSet; from now on they are told of.</summary>
    /// <param name="rollout">The Rollout's uid.</param>
    public IReadOnlyDictionary<string, string> Tell(string rollout)
    {
        lock (access)
        {
            var untold = refusals.Where(r => r.Key.Rollout == rollout && !r.Value.IsTold).ToList();
            foreach (var (key, refusal) in untold) refusals[key] = refusal with { IsTold = true };
            return untold.ToDictionary(r => r.Key.ReplicaSet, r => r.Value.Message, StringComparer.Ordinal);
        }
    }

    private sealed record Refusal(DateTimeOffset At, string Message, bool IsTold);
}
