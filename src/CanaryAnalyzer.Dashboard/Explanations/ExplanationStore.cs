using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Dashboard.Explanations;

/// <summary>
/// The last looks of the runs that were looked at last, in memory alone: a status has no room for them, and after a restart the next look brings the first one
/// back.
/// </summary>
public sealed class ExplanationStore
{
    /// <summary>How many looks of a metric are kept.</summary>
    public const int LooksKept = 60;

    /// <summary>How many runs are kept.</summary>
    public const int RunsKept = 200;

    /// <summary>The longest explanation that is kept, in characters; a longer one is told to have been too long.</summary>
    public const int Longest = 256 * 1024;

    /// <summary>How much is kept of all runs together, in characters.</summary>
    public const int MostInAll = 16 * 1024 * 1024;

    private readonly Lock access = new();
    private long inAll;
    private readonly Dictionary<ResourceKey, LinkedListNode<Entry>> runs = [];
    private readonly LinkedList<Entry> byUse = new();

    /// <summary>Keeps a look.</summary>
    /// <param name="run">The AnalysisRun.</param>
    /// <param name="uid">Its uid: what is known of another run of the same name is dropped.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="look">The look.</param>
    public void Add(ResourceKey run, string uid, string metric, KeptLook look)
    {
        if (look.Explanation.Length > Longest) look = look with { Explanation = """{"tooLong": true}""" };
        lock (access)
        {
            if (runs.TryGetValue(run, out var node) && node.Value.Uid != uid) Forget(node);
            if (node?.List is null) node = new LinkedListNode<Entry>(new Entry(run, uid));
            else byUse.Remove(node);
            runs[run] = node;
            byUse.AddLast(node);
            var metrics = node.Value.Metrics;
            if (!metrics.TryGetValue(metric, out var looks)) metrics[metric] = looks = new Queue<KeptLook>();
            looks.Enqueue(look);
            inAll += look.Explanation.Length;
            if (looks.Count > LooksKept) inAll -= looks.Dequeue().Explanation.Length;
            while (byUse.Count > RunsKept || (inAll > MostInAll && byUse.Count > 1)) Forget(byUse.First!);
        }
    }

    /// <summary>The looks of a run, oldest first, by metric; empty where nothing is known of it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<KeptLook>> Of(ResourceKey run)
    {
        lock (access)
        {
            return runs.TryGetValue(run, out var node)
                ? node.Value.Metrics.ToDictionary(m => m.Key, IReadOnlyList<KeptLook> (m) => [.. m.Value], StringComparer.Ordinal)
                : new Dictionary<string, IReadOnlyList<KeptLook>>(StringComparer.Ordinal);
        }
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        inAll -= node.Value.Metrics.Values.Sum(looks => looks.Sum(l => (long)l.Explanation.Length));
        runs.Remove(node.Value.Run);
        byUse.Remove(node);
    }

    private sealed record Entry(ResourceKey Run, string Uid)
    {
        public SortedDictionary<string, Queue<KeptLook>> Metrics { get; } = new(StringComparer.Ordinal);
    }
}
