using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Backtests.Histories;

/// <summary>The last samples of one pod, and how far it is counted.</summary>
internal sealed class PodSamples(string name, string version)
{
    private readonly Dictionary<string, RawSeries> _primary = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RawSeries> _errors = new(StringComparer.Ordinal);
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    public string Name => name;

    public string Version => version;

    /// <summary>The instant from which the next interval counts; null before the first.</summary>
    public long? Accepted { get; set; }

    public PodTrack? Track { get; set; }

    /// <summary>The samples as counting takes them; null where there are none.</summary>
    public MeasureSeries? Series { get; private set; }

    /// <summary>Whether errors grew on a pod without any requests: these are counted somewhere else.</summary>
    public bool HasErrorsAlone => _primary.Count == 0 && _errors.Values.Any(series => series.Samples is [var first, .., var last] && last.Value > first.Value);

    public bool IsKnown => Track is not null || Accepted is not null;

    public void Add(RawSeries series, bool isError)
    {
        var into = isError ? _errors : _primary;
        var key = KeyOf(series);
        if (!into.TryGetValue(key, out var known)) into[key] = series;
        else if (series.Samples.Length > 0) into[key] = known with { Samples = known.Samples.AddRange(series.Samples.SkipWhile(sample => known.Samples.Length > 0 && sample.At <= known.Samples[^1].At)) };
    }

    /// <summary>The labels among those needed that come only with failures, as far as this pod shows.</summary>
    public ImmutableHashSet<string> Optional(ImmutableHashSet<string> needed) => needed.IsEmpty ? needed : MissingLabels.Optional(SeriesTable.Of(_primary.Values), needed);

    /// <summary>Makes the samples ready for counting.</summary>
    /// <param name="kind">What is measured.</param>
    /// <param name="targetLabel">The label that names a pod.</param>
    /// <param name="needed">The labels that requests must have for their failures to be seen.</param>
    /// <param name="unit">The unit of a histogram.</param>
    public void Prepare(MeasureKind kind, string? targetLabel, ImmutableHashSet<string> needed, LatencyUnit unit)
    {
        Series = null;
        (_first, _last) = (long.MaxValue, long.MinValue);
        foreach (var series in _primary.Values)
        {
            if (series.Samples.Length == 0) continue;
            _first = Math.Min(_first, series.Samples[0].At);
            _last = Math.Max(_last, series.Samples[^1].At);
        }

        if (_last == long.MinValue) return;
        var primary = SeriesTable.Of(_primary.Values, targetLabel);
        if (kind == MeasureKind.Latency)
        {
            Series = new MeasureSeries.Buckets(primary, primary) { Unit = unit };
            return;
        }

        var errors = SeriesTable.Of(_errors.Values, targetLabel);
        Series = new MeasureSeries.Errors(primary, errors, primary, errors) { Needed = needed };
    }

    /// <summary>Whether there may be a sample after one time, up to another.</summary>
    public bool SeenWithin(long after, long until) =>
        _first <= until && _last > after && _primary.Values.Any(series => LastAt(series.Samples, until) is { } at && at > after);

    /// <summary>How many times the pod's counters began anew after a time; counters that drop together count once.</summary>
    public int CountResets(long after)
    {
        var drops = new HashSet<long>();
        foreach (var samples in _primary.Values.Select(series => series.Samples))
        {
            for (var i = 1; i < samples.Length; i++)
            {
                if (samples[i].At > after && samples[i].Value < samples[i - 1].Value) drops.Add(samples[i].At);
            }
        }

        return drops.Count;
    }

    public void Forget(long before)
    {
        Trim(_primary, before);
        Trim(_errors, before);
    }

    private static void Trim(Dictionary<string, RawSeries> all, long before)
    {
        foreach (var (key, series) in all.ToList())
        {
            if (series.Samples.Length == 0 || series.Samples[^1].At <= before) all.Remove(key);
            else all[key] = series with { Samples = [.. series.Samples.SkipWhile(sample => sample.At <= before)] };
        }
    }

    private static long? LastAt(ImmutableArray<RawSample> samples, long until)
    {
        int low = 0, high = samples.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (samples[middle].At <= until) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? null : samples[low - 1].At;
    }

    private static string KeyOf(RawSeries series) =>
        string.Join('\u0001', series.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => label.Key + '\u0002' + label.Value));
}
