using System.Diagnostics;

namespace CanaryAnalyzer.Benchmarks.Analyses;

/// <summary>When each query came.</summary>
internal sealed class Arrivals
{
    private readonly Lock gate = new();
    private Dictionary<string, List<long>> times = new(StringComparer.Ordinal);

    /// <summary>How many different queries came so far.</summary>
    public int Queries
    {
        get
        {
            lock (gate) return times.Count;
        }
    }

    public void Note(string query)
    {
        var now = Stopwatch.GetTimestamp();
        lock (gate)
        {
            if (!times.TryGetValue(query, out var known)) times[query] = known = [];
            known.Add(now);
        }
    }

    /// <summary>Forgets what came, and returns it.</summary>
    public Punctuality Take(TimeSpan interval)
    {
        Dictionary<string, List<long>> taken;
        lock (gate) (taken, times) = (times, new Dictionary<string, List<long>>(StringComparer.Ordinal));
        return Punctuality.Of(taken.Values, interval);
    }
}
