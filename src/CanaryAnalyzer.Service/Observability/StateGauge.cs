using Prometheus;

namespace CanaryAnalyzer.Service.Observability;

/// <summary>A gauge that shows what is, at the moment it is asked: series that were not set since the last time vanish.</summary>
internal sealed class StateGauge(Gauge gauge)
{
    private HashSet<string> before = [];
    private HashSet<string> now = [];

    /// <summary>Sets one series.</summary>
    public void Set(double value, params string[] labels)
    {
        gauge.WithLabels(labels).Set(value);
        now.Add(Key(labels));
    }

    /// <summary>Removes what was not set since the last time.</summary>
    public void Finish()
    {
        foreach (var gone in before.Except(now)) gauge.RemoveLabelled(gone.Split('\n'));
        (before, now) = (now, []);
    }

    private static string Key(string[] labels) => string.Join('\n', labels);
}
