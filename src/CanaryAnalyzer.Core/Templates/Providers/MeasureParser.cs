using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>Reads the measures of a comparison.</summary>
internal static class MeasureParser
{
    private const int Most = 20;
    private const int MostLabels = 3;
    private const string AnyKind = "errorRate, latency, series, limit or traffic";
    private static readonly string[] Kinds = ["errorRate", "latency", "series", "limit", "traffic"];

    /// <summary>What counts as one unit, or what a histogram consists of: nothing that both sides have in common.</summary>
    private static readonly string[] NoStrata = ["pod", "instance", "job", "le", "__name__"];

    private static readonly RateLine HarmfulLine = new(1.5, 0.001);
    private static readonly ImmutableArray<double> DefaultTails = [0.10, 0.01, 0.001];

    public static ImmutableArray<MeasureSpec> Read(SpecReader reader)
    {
        if (!reader.Has("measures"))
        {
            reader.Refuse("measures", "is required; name at least one measure with " + AnyKind);
            return [];
        }

        var readers = reader.Children("measures").ToList();
        if (readers.Count == 0) reader.Refuse("measures", "must have at least one measure with " + AnyKind);
        if (readers.Count > Most) reader.Refuse("measures", string.Create(CultureInfo.InvariantCulture, $"must be at most {Most} measures, not {readers.Count}"));
        var names = new HashSet<string>(StringComparer.Ordinal);
        var measures = new List<MeasureSpec>();
        foreach (var one in readers)
        {
            var name = one.Text("name", "a name such as errors");
            if (name is not null && !names.Add(name)) one.Refuse("name", $"must be unique, but \"{name}\" stands twice");
            if (name is { Length: > 63 }) one.Refuse("name", "must have at most 63 characters");
            if (ReadMeasure(one, name ?? "") is { } measure) measures.Add(measure);
        }

        var sum = measures.Sum(measure => measure.Weight);
        if (measures.Count > 0 && measures.TrueForAll(measure => measure is MeasureSpec.Traffic))
            reader.Refuse("measures", "must not be traffic alone, which neither rolls back nor promotes; name a measure with errorRate, latency, series or limit too");
        return [.. measures.Select(measure => measure with { Weight = sum > 0 ? measure.Weight / sum : 0 })];
    }

    private static MeasureSpec? ReadMeasure(SpecReader reader, string name)
    {
        var kinds = Kinds.Where(reader.Has).ToList();
        if (kinds.Count != 1)
        {
            reader.Refuse(kinds.Count == 0 ? $"needs one of {AnyKind}" : $"must be one kind of measure, not {string.Join(" and ", kinds)}");
            return null;
        }

        if (reader.Child(kinds[0]) is not { } kind) return null;
        MeasureSpec? measure = kinds[0] switch
        {
            "errorRate" => ReadErrorRate(reader, kind, name),
            "latency" => ReadLatency(reader, kind, name),
            "series" => ReadSeries(reader, kind, name),
            "limit" => ReadLimit(reader, kind, name),
            _ => ReadTraffic(reader, kind, name),
        };
        kind.Close();
        reader.Close();
        return measure;
    }

    private static MeasureSpec.ErrorRate? ReadErrorRate(SpecReader reader, SpecReader kind, string name)
    {
        var requests = ReadSelector(kind, "requests");
        var errors = ReadSelector(kind, "errors");
        var (margin, tolerance) = ReadLines(reader);
        var weight = ReadWeight(reader, 0.5);
        var required = reader.Flag("required", missing: true);
        var warmup = ReadWarmup(reader);
        var by = ReadBy(reader);
        if (requests is null || errors is null) return null;
        return new MeasureSpec.ErrorRate
        {
            By = by,
            Name = name,
            Weight = weight,
            Required = required,
            Warmup = warmup,
            Requests = requests,
            Errors = errors,
            Margin = margin,
            Tolerance = tolerance,
        };
    }

    private static MeasureSpec.Latency? ReadLatency(SpecReader reader, SpecReader kind, string name)
    {
        var histogram = ReadHistogram(kind);
        var unit = ReadUnit(kind, histogram);
        var (margin, tolerance) = ReadLines(reader);
        var weight = ReadWeight(reader, 0.5);
        var required = reader.Flag("required", missing: true);
        var warmup = reader.Duration("warmup", TimeSpan.FromSeconds(60), TimeSpan.Zero);
        var bounds = BoundsParser.Read(reader);
        var tails = TailsParser.Read(reader, reader.Has("bounds") ? [] : DefaultTails);
        var effect = reader.Part("minEffect", 0.55, 0.501, 0.7);
        var by = ReadBy(reader);
        if (histogram is null) return null;
        if (unit == LatencyUnit.Unknown && !bounds.IsEmpty)
            kind.Refuse("histogram", $"has a name, {histogram.Name}, that ends with no unit such as _seconds or _milliseconds, so that bounds can't be looked up in it: write unit: ms (or s) beside it");
        return new MeasureSpec.Latency
        {
            Unit = unit,
            By = by,
            Name = name,
            Weight = weight,
            Required = required,
            Warmup = warmup,
            Histogram = histogram,
            Margin = margin,
            Tolerance = tolerance,
            Tails = tails,
            Bounds = bounds,
            MinEffect = effect,
        };
    }

    private static LatencyUnit ReadUnit(SpecReader kind, SeriesSelector? histogram)
    {
        var named = histogram?.Name is { } name ? LatencyUnits.OfName(name) : LatencyUnit.Unknown;
        var text = kind.OptionalText("unit", "the unit of the histogram's bounds: " + LatencyUnits.Symbols);
        if (text is null) return named;
        if (LatencyUnits.TryParse(text) is { } unit) return unit;
        kind.Refuse("unit", $"must be one of {LatencyUnits.Symbols}, not {text}");
        return LatencyUnit.Seconds;
    }

    private static SeriesSelector? ReadHistogram(SpecReader kind)
    {
        var histogram = ReadSelector(kind, "histogram");
        if (histogram is { Name: null }) kind.Refuse("histogram", "must begin with the histogram's name, such as http_request_duration_seconds{…}");
        if (histogram?.Name is { } series && NameWithoutSuffix(series) is { } baseName)
            kind.Refuse("histogram", $"must be the histogram's base name: write {baseName}, not {series}");
        if (histogram is not null && histogram.Matchers.Any(matcher => matcher.Label == "le"))
            kind.Refuse("histogram", "must not pick buckets: leave out the matcher on le");
        return histogram;
    }

    private static MeasureSpec.Series? ReadSeries(SpecReader reader, SpecReader kind, string name)
    {
        var query = kind.Text("query", "a PromQL query that gives a value a pod, such as sum by (pod) (container_memory_working_set_bytes)");
        if (query is not null && SeriesQuery.TryParse(query, out var error) is null) kind.Refuse("query", $"can't be asked for each side: {error}");
        var worse = kind.Choice("worse", WorseDirection.Higher);
        var margin = reader.Part("margin", 0.05, 0, 10);
        var weight = ReadWeight(reader, 0.1);
        if (reader.Flag("required", missing: false)) reader.Refuse("required", "must not be true for a series, which can't show safety; leave it out");
        var warmup = ReadWarmup(reader);
        return query is null ? null : new MeasureSpec.Series { Name = name, Weight = weight, Required = false, Warmup = warmup, Query = query, Worse = worse, Margin = margin };
    }

    private static MeasureSpec.Limit? ReadLimit(SpecReader reader, SpecReader kind, string name)
    {
        var requests = ReadSelector(kind, "requests");
        var errors = ReadSelector(kind, "errors");
        if (!kind.Has("max")) kind.Refuse("max", "is required; write the largest share of failed requests that you accept, such as 5%");
        var max = kind.Part("max", 0.05, 1e-6, 0.999);
        var weight = ReadWeight(reader, 0.5);
        var required = reader.Flag("required", missing: false);
        var warmup = ReadWarmup(reader);
        if (requests is null || errors is null) return null;
        return new MeasureSpec.Limit { Name = name, Weight = weight, Required = required, Warmup = warmup, Requests = requests, Errors = errors, Max = max };
    }

    private static MeasureSpec.Traffic? ReadTraffic(SpecReader reader, SpecReader kind, string name)
    {
        var requests = ReadSelector(kind, "requests");
        double? share = kind.Has("share") ? kind.Part("share", 0.5, 1e-6, 0.999999) : null;
        if (reader.Has("weight")) reader.Refuse("weight", "must not stand at traffic, which never rolls back; leave it out");
        if (reader.Flag("required", missing: false)) reader.Refuse("required", "must not be true for traffic, which can't show safety: where it fails, nothing is promoted anyway; leave it out");
        var warmup = ReadWarmup(reader);
        return requests is null ? null : new MeasureSpec.Traffic { Name = name, Weight = 0, Required = false, Warmup = warmup, Requests = requests, Share = share };
    }

    private static TimeSpan ReadWarmup(SpecReader reader) => reader.Duration("warmup", TimeSpan.Zero, TimeSpan.Zero);

    private static ImmutableArray<string> ReadBy(SpecReader reader)
    {
        if (!reader.Has("by")) return [];
        const string Wanted = "a list of labels such as [route]";
        var labels = new List<string>();
        foreach (var item in reader.Items("by", Wanted))
        {
            if (item.ValueKind != System.Text.Json.JsonValueKind.String || item.GetString() is not { Length: > 0 } label) reader.Refuse("by", $"must be {Wanted}, not of {SpecReader.Describe(item)}");
            else if (NoStrata.Contains(label, StringComparer.Ordinal)) reader.Refuse("by", $"must be labels whose values both sides share, such as route, not {label}");
            else labels.Add(label);
        }

        if (labels.Count > MostLabels) reader.Refuse("by", string.Create(CultureInfo.InvariantCulture, $"must be at most {MostLabels} labels, not {labels.Count}"));
        return [.. labels.Distinct(StringComparer.Ordinal)];
    }

    private static double ReadWeight(SpecReader reader, double missing) => reader.Number("weight", missing, 0.001, 1000);

    private static (RateLine Margin, RateLine Tolerance) ReadLines(SpecReader reader)
    {
        var margin = ReadLine(reader, "margin", HarmfulLine);
        var tolerance = ReadLine(reader, "tolerance", new RateLine(1, margin.Absolute / 10));
        if (margin.Ratio < tolerance.Ratio || margin.Absolute < tolerance.Absolute || margin == tolerance)
            reader.Refuse("margin", "must lie beyond tolerance, in ratio and absolute, and be more in one of them");
        return (margin, tolerance);
    }

    private static RateLine ReadLine(SpecReader reader, string field, RateLine missing)
    {
        if (reader.Child(field) is not { } line) return missing;
        var read = new RateLine(line.Number("ratio", missing.Ratio, 1, 1000), line.Part("absolute", missing.Absolute, 0, 1));
        line.Close();
        return read;
    }

    private static SeriesSelector? ReadSelector(SpecReader reader, string field)
    {
        if (reader.Text(field, "the selector of a counter such as http_requests_total{code=~\"5..\"}") is not { } text) return null;
        var selector = SeriesSelector.TryParse(text, out var error);
        if (selector is null) reader.Refuse(field, $"is no selector of a counter: {error}");
        return selector;
    }

    private static string? NameWithoutSuffix(string name)
    {
        foreach (var suffix in new[] { "_bucket", "_count", "_sum" })
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal)) return name[..^suffix.Length];
        }

        return null;
    }
}
