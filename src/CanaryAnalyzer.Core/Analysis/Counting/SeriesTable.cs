using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>The series of one selector on one side, by target: the pod (label <c>pod</c>), else the <c>instance</c>.</summary>
public sealed class SeriesTable
{
    private SeriesTable(ImmutableSortedDictionary<string, TargetSeries> targets) => Targets = targets;

    /// <summary>No series.</summary>
    public static SeriesTable Empty { get; } = new(ImmutableSortedDictionary.Create<string, TargetSeries>(StringComparer.Ordinal));

    /// <summary>Whether there is no series at all.</summary>
    public bool IsEmpty => Targets.IsEmpty;

    internal ImmutableSortedDictionary<string, TargetSeries> Targets { get; }

    /// <summary>Groups series.</summary>
    /// <param name="series">The series with the samples of one window.</param>
    /// <param name="targetLabel">The label that names a target; null means <c>pod</c>, else <c>instance</c>.</param>
    public static SeriesTable Of(IEnumerable<RawSeries> series, string? targetLabel = null) =>
        new(series.GroupBy(one => TargetOf(one, targetLabel), StringComparer.Ordinal)
            .ToImmutableSortedDictionary(group => group.Key, group => new TargetSeries(group.Select(WithoutEndMarkers)), StringComparer.Ordinal));

    /// <summary>The median distance of neighbouring samples, in milliseconds; null where no series has two.</summary>
    public long? MedianDistance()
    {
        var distances = new List<long>();
        foreach (var series in Targets.Values.SelectMany(target => target.All))
        {
            for (var i = 1; i < series.Samples.Length; i++) distances.Add(series.Samples[i].At - series.Samples[i - 1].At);
        }

        if (distances.Count == 0) return null;
        distances.Sort();
        return distances[(distances.Count - 1) / 2];
    }

    /// <summary>Whether a series has a label.</summary>
    public bool HasLabel(string label) => Targets.Values.Any(target => target.All.Any(series => series.Label(label).Length > 0));

    /// <summary>The targets with a sample in the time from <paramref name="after"/> (without it) to <paramref name="at"/>.</summary>
    public IEnumerable<string> Seen(long after, long at) =>
        Targets.Where(entry => entry.Value.All.Any(series => CounterIncrease.LastAt(series.Samples, at) is var last and >= 0 && series.Samples[last].At > after)).Select(entry => entry.Key);

    /// <summary>A series that another table has too; null where there is none.</summary>
    internal RawSeries? Shared(SeriesTable other)
    {
        foreach (var (key, target) in Targets)
        {
            if (!other.Targets.TryGetValue(key, out var same)) continue;
            var theirs = same.All.ToHashSet(SeriesIdentity.OfSeries);
            if (target.All.FirstOrDefault(theirs.Contains) is { } shared) return shared;
        }

        return null;
    }

    /// <summary>
    /// Leaves out the NaN that marks where a series ended: Prometheus does so itself, others hand it out. One alone can't be a counter's value; several in a row are.
    /// </summary>
    private static RawSeries WithoutEndMarkers(RawSeries series)
    {
        var samples = series.Samples;
        if (samples.Length < 2 || !samples.Any(sample => double.IsNaN(sample.Value))) return series;
        return series with { Samples = [.. samples.Where((sample, i) => !double.IsNaN(sample.Value) || IsNaNAt(i - 1) || IsNaNAt(i + 1))] };

        bool IsNaNAt(int i) => i >= 0 && i < samples.Length && double.IsNaN(samples[i].Value);
    }

    private static string TargetOf(RawSeries series, string? targetLabel)
    {
        if (targetLabel is not null) return series.Label(targetLabel);
        var pod = series.Label("pod");
        if (pod.Length == 0) return series.Label("instance");
        var space = series.Label("namespace");
        return space.Length == 0 ? pod : $"{space}/{pod}";
    }
}
