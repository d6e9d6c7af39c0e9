using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Counting;

/// <summary>
/// Finds counters that continue under other labels: where all series of a target end and others begin, with the next scrape, a relabelling gave them other names, as when a label of the pod
/// changed or the configuration of the scrape did. Counted as new ones they would bring everything that the target ever did.
/// </summary>
internal static class RelabelledSeries
{
    /// <summary>A target's series, those that continue joined to what they were called before.</summary>
    public static ImmutableArray<RawSeries> Joined(ImmutableArray<RawSeries> series)
    {
        var some = series.Where(one => one.Samples.Length > 0).ToList();
        if (some.Count < 2 || some.Min(Last) >= some.Max(First)) return series;
        var generations = Generations(some);
        if (generations.Count < 2) return series;
        var joined = generations[0];
        foreach (var next in generations.Skip(1)) joined = Joined(joined, next);
        return [.. joined];
    }

    /// <summary>The series in groups, each of which begins after the one before has ended.</summary>
    private static List<List<RawSeries>> Generations(IEnumerable<RawSeries> series)
    {
        var generations = new List<List<RawSeries>>();
        var end = long.MinValue;
        foreach (var one in series.OrderBy(First))
        {
            if (First(one) > end) generations.Add([]);
            generations[^1].Add(one);
            end = Math.Max(end, Last(one));
        }

        return generations;
    }

    /// <summary>A counter that is smaller than its predecessor restarted, and counts from 0 as ever.</summary>
    private static List<RawSeries> Joined(List<RawSeries> before, List<RawSeries> after)
    {
        var changed = before.Concat(after).SelectMany(one => one.Labels.Keys).Distinct(StringComparer.Ordinal)
            .Where(label => label != "__name__" && !before.Select(one => one.Label(label)).Intersect(after.Select(one => one.Label(label)), StringComparer.Ordinal).Any())
            .ToHashSet(StringComparer.Ordinal);
        var predecessors = before.ToLookup(one => Key(one, changed), StringComparer.Ordinal);
        var successors = after.ToLookup(one => Key(one, changed), StringComparer.Ordinal);
        return
        [
            .. before.Where(one => !(IsOne(predecessors[Key(one, changed)]) && IsOne(successors[Key(one, changed)]))),
            .. after.Select(one => IsOne(predecessors[Key(one, changed)]) && IsOne(successors[Key(one, changed)]) ? one with { Samples = [.. predecessors[Key(one, changed)].First().Samples, .. one.Samples] } : one),
        ];
    }

    private static bool IsOne(IEnumerable<RawSeries> series) => series.Take(2).Count() == 1;

    private static string Key(RawSeries series, HashSet<string> without) =>
        string.Join('\u0001', series.Labels.Where(label => !without.Contains(label.Key)).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => label.Key + '\u0002' + label.Value));

    private static long First(RawSeries series) => series.Samples[0].At;

    private static long Last(RawSeries series) => series.Samples[^1].At;
}
