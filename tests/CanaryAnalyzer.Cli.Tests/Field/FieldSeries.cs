using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Testing.Prometheus;

namespace CanaryAnalyzer.Cli.Tests.Field;

/// <summary>A series of a case, written as README.md beside the cases says.</summary>
/// <param name="Labels">Its labels, <c>__name__</c> among them.</param>
/// <param name="Values">A value a scrape; null where there is no sample.</param>
internal sealed partial record FieldSeries(ImmutableSortedDictionary<string, string> Labels, IReadOnlyList<double?> Values)
{
    /// <summary>The distance of the scrapes.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(15);

    /// <summary>How long before the first look the first value is scraped.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(15);

    /// <summary>A native histogram's buckets: the values are its counts.</summary>
    public NativeShape? Native { get; init; }

    /// <summary>Reads all lines; lines of the same series complete each other.</summary>
    public static IReadOnlyList<FieldSeries> Read(string text)
    {
        var all = text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').SelectMany(ReadLine);
        return [.. all.GroupBy(series => Key(series.Labels), StringComparer.Ordinal).Select(same => same.Aggregate(Completed))];
    }

    /// <summary>The series as a Prometheus would have it that scrapes each target at a moment of its own.</summary>
    /// <param name="start">The instant of the first look, in milliseconds since 1970.</param>
    public WrittenSeries At(long start)
    {
        var first = start - (long)Before.TotalMilliseconds + Phase();
        long Instant(int index) => first + (index * (long)Step.TotalMilliseconds);
        if (Native is not { } shape)
            return new WrittenSeries(Labels, [.. Values.Select((value, i) => (At: Instant(i), Value: value)).Where(sample => sample.Value is not null).Select(sample => (sample.At, sample.Value!.Value))]);
        return new WrittenSeries(Labels, []) { Histograms = [.. Values.Select((value, i) => (Value: value, i)).Where(one => one.Value is not null).Select(one => shape.Of(Instant(one.i), one.Value!.Value))] };
    }

    /// <summary>Prometheus spreads the targets of a job over the scrape interval.</summary>
    private long Phase()
    {
        var target = Labels.GetValueOrDefault("instance", "") + Labels.GetValueOrDefault("pod", "");
        return target.Aggregate(17L, (hash, letter) => ((hash * 31) + letter) % (long)Step.TotalMilliseconds);
    }

    private static IEnumerable<FieldSeries> ReadLine(string line)
    {
        var match = Line().Match(line);
        if (!match.Success) throw new FormatException($"no series and values: {line}");
        var selector = SeriesSelector.TryParse(match.Groups["series"].Value, out var error) ?? throw new FormatException($"{error} in {line}");
        var labels = selector.Matchers.Select(matcher => KeyValuePair.Create(matcher.Label, matcher.Value)).Prepend(KeyValuePair.Create("__name__", selector.Name!)).ToImmutableSortedDictionary(StringComparer.Ordinal);
        var values = ReadValues(match.Groups["values"].Value);
        var inner = match.Groups["inner"].Value;
        return match.Groups["shape"].Value switch
        {
            "" => [new FieldSeries(labels, values)],
            "native" => [new FieldSeries(labels, values) { Native = NativeShape.Read(inner) }],
            _ => Buckets(labels, inner, values),
        };
    }

    private static IEnumerable<FieldSeries> Buckets(ImmutableSortedDictionary<string, string> labels, string inner, IReadOnlyList<double?> values)
    {
        foreach (var bucket in inner.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (le, share) = (bucket[..bucket.IndexOf('=', StringComparison.Ordinal)], Number(bucket[(bucket.IndexOf('=', StringComparison.Ordinal) + 1)..].TrimEnd('%')) / 100);
            yield return new FieldSeries(
                labels.SetItem("__name__", labels["__name__"] + "_bucket").SetItem("le", le),
                [.. values.Select(value => value is { } count && !double.IsNaN(count) ? Math.Floor((count * share) + 1e-6) : value)]);
        }

        yield return new FieldSeries(labels.SetItem("__name__", labels["__name__"] + "_count"), values);
    }

    private static IReadOnlyList<double?> ReadValues(string text)
    {
        var values = new List<double?>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var match = Value().Match(word);
            if (!match.Success) throw new FormatException($"no value: {word}");
            var times = match.Groups["times"].Success ? int.Parse(match.Groups["times"].Value, CultureInfo.InvariantCulture) : -1;
            var by = match.Groups["by"].Success ? Number(match.Groups["by"].Value.TrimStart('+')) : 0;
            if (match.Groups["gap"].Success)
            {
                values.AddRange(Enumerable.Repeat<double?>(word[0] == 's' ? WrittenSeries.Stale : null, Math.Max(1, times)));
            }
            else if (match.Groups["start"].Success)
            {
                var start = Number(match.Groups["start"].Value);
                values.AddRange(Enumerable.Range(0, Math.Max(0, times) + 1).Select(i => (double?)(start + (i * by))));
            }
            else
            {
                var last = values.FindLast(value => value is { } known && !double.IsNaN(known)) ?? throw new FormatException($"nothing goes before {word}");
                values.AddRange(Enumerable.Range(1, Math.Max(1, times)).Select(i => (double?)(last + (i * by))));
            }
        }

        return values;
    }

    private static FieldSeries Completed(FieldSeries one, FieldSeries other) =>
        one with { Values = [.. Enumerable.Range(0, Math.Max(one.Values.Count, other.Values.Count)).Select(i => other.Values.ElementAtOrDefault(i) ?? one.Values.ElementAtOrDefault(i))] };

    private static string Key(ImmutableSortedDictionary<string, string> labels) => string.Join('\u0001', labels.Select(label => $"{label.Key}\u0002{label.Value}"));

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<series>[^{\s]+(\{[^}]*\})?)\s+((?<shape>le|native)\((?<inner>[^)]*)\)\s+)?(?<values>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"^(?<gap>_|stale)(x(?<times>[0-9]+))?$|^(?<start>[0-9.]+(e[0-9]+)?)?(?<by>[+-][0-9.]+)?(x(?<times>[0-9]+))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();
}
