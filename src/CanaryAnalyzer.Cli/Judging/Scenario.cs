using System.Collections.Immutable;
using System.Text.Json;

namespace CanaryAnalyzer.Cli.Judging;

/// <summary>A scenario that was found to be whole.</summary>
/// <param name="Document">What was read.</param>
/// <param name="Bounds">Upper bounds of the latency buckets in seconds, without +Inf.</param>
internal sealed record Scenario(ScenarioDocument Document, ImmutableArray<double> Bounds)
{
    private const int MostIntervals = 100_000;
    private static readonly JsonSerializerOptions Reading = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public string Id => Document.Id!;

    public TimeSpan Interval => TimeSpan.FromSeconds(Document.IntervalSeconds);

    /// <summary>Reads a line.</summary>
    /// <exception cref="ScenarioException">It is no scenario.</exception>
    public static Scenario Read(string line)
    {
        ScenarioDocument? document;
        try
        {
            document = JsonSerializer.Deserialize<ScenarioDocument>(line, Reading);
        }
        catch (JsonException failure)
        {
            var field = failure.Path is null or "$" ? "" : failure.Path.TrimStart('$', '.');
            throw new ScenarioException(field, field.Length == 0 ? $"the line is no JSON object (character {failure.BytePositionInLine + 1})" : $"is not what {ScenarioDocument.Current} has there");
        }

        if (document is null)
            throw new ScenarioException("", "the line is null; write a JSON object");
        return Check(document);
    }

    private static Scenario Check(ScenarioDocument document)
    {
        Need(document.Schema == ScenarioDocument.Current, "schema", $"must be \"{ScenarioDocument.Current}\"");
        Need(!string.IsNullOrEmpty(document.Id), "id", "is missing");
        Need(document.IntervalSeconds is > 0 and <= 86_400, "intervalSeconds", "must be more than 0 and at most 86400");
        Need(document.Intervals is > 0 and <= MostIntervals, "intervals", $"must be from 1 to {MostIntervals}");
        var scenario = new Scenario(document, BoundsOf(document.BucketBounds));
        var history = document.History ?? [];
        for (var i = 0; i < history.Length; i++)
        {
            scenario.Check(history[i]?.A, $"history[{i}].a");
            scenario.Check(history[i]?.B, $"history[{i}].b");
        }

        Need(document.Data is not null || document.Counted is not null, "", "data and counters are both missing; one is needed");
        if (document.Data is { } data)
            scenario.Check(data);
        if (document.Counted is { } counters)
        {
            scenario.Check(counters.Canary, "counters.canary");
            scenario.Check(counters.Stable, "counters.stable");
        }

        return scenario;
    }

    private static ImmutableArray<double> BoundsOf(JsonElement[]? given)
    {
        Need(given is { Length: > 0 }, "bucketBounds", "is missing");
        var last = given![^1];
        Need(last.ValueKind == JsonValueKind.String && last.GetString() == "+Inf", $"bucketBounds[{given.Length - 1}]", "must be \"+Inf\", as the last one");
        var bounds = new double[given.Length - 1];
        for (var i = 0; i < bounds.Length; i++)
        {
            Need(given[i].ValueKind == JsonValueKind.Number && given[i].TryGetDouble(out bounds[i]), $"bucketBounds[{i}]", "must be a number");
            Need(i == 0 || bounds[i] > bounds[i - 1], $"bucketBounds[{i}]", "must be larger than the one before");
        }

        return [.. bounds];
    }

    private void Check(ScenarioDocument.Row?[] rows)
    {
        Need(rows.Length == Document.Intervals, "data", $"has {rows.Length} rows, but intervals is {Document.Intervals}");
        for (var i = 0; i < rows.Length; i++)
        {
            Need(rows[i] is not null, $"data[{i}]", "is null; write a row whose sides are null");
            if (rows[i]!.Canary is { } canary)
                Check(canary, $"data[{i}].canary");
            if (rows[i]!.Stable is not { } stable)
                continue;
            Need(stable.Pods is { Length: 1 or 2 }, $"data[{i}].stable.pods", "must have the one or two halves of the stable side");
            for (var k = 0; k < stable.Pods!.Length; k++)
                Check(stable.Pods[k], $"data[{i}].stable.pods[{k}]");
        }
    }

    private void Check(ScenarioDocument.Side? side, string field)
    {
        Need(side is not null, field, "is missing");
        Need(side!.Requests >= 0, field + ".requests", "must not be negative");
        Need(side.Errors >= 0 && side.Errors <= side.Requests, field + ".errors", "must be from 0 to requests");
        Need(side.Buckets is not null && side.Buckets.Length == Bounds.Length + 1, field + ".buckets", $"must have {Bounds.Length + 1} counts, one for each of bucketBounds");
        for (var b = 0; b < side.Buckets!.Length; b++)
            Need(side.Buckets[b] >= 0, $"{field}.buckets[{b}]", "must not be negative");
    }

    private void Check(ScenarioDocument.Pod?[]? pods, string field)
    {
        Need(pods is { Length: > 0 }, field, "is missing");
        for (var p = 0; p < pods!.Length; p++)
        {
            var at = $"{field}[{p}]";
            Need(!string.IsNullOrEmpty(pods[p]?.Name), at + ".pod", "is missing");
            var samples = pods[p]!.Samples;
            Need(samples is not null && samples.Length == Document.Intervals + 1, at + ".samples", $"must have {Document.Intervals + 1} entries, one before the first interval and one a interval");
            for (var t = 0; t < samples!.Length; t++)
                Need(samples[t] is not { } sample || sample.Le?.Length == Bounds.Length + 1, $"{at}.samples[{t}].le", $"must have {Bounds.Length + 1} counts, one for each of bucketBounds");
        }
    }

    private static void Need(bool holds, string field, string otherwise)
    {
        if (!holds)
            throw new ScenarioException(field, otherwise);
    }
}
