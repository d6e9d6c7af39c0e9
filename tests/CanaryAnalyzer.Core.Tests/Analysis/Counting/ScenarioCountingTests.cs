using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;
using static CanaryAnalyzer.Core.Tests.Analysis.Counting.CountingData;

namespace CanaryAnalyzer.Core.Tests.Analysis.Counting;

/// <summary>The raw counters of the labelled streams give the same counts as the deltas that stand beside them.</summary>
public class ScenarioCountingTests
{
    private const long Interval = 30 * Second;

    public static IEnumerable<TheoryDataRow<string>> Scenarios() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Data", "Judge", "scenarios"), "*.json").Order(StringComparer.Ordinal).Select(file => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(file)));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Raw_counters_give_the_deltas(string id)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Judge", "scenarios", id + ".json")));
        var bounds = file.RootElement.GetProperty("bucketBounds").EnumerateArray().Select(bound => bound.ToString()).ToArray();
        var counters = file.RootElement.GetProperty("counters");
        var (canary, stable) = (counters.GetProperty("canary"), counters.GetProperty("stable"));
        var errors = new MeasureSeries.Errors(Counter(canary, "requests"), Counter(canary, "errors"), Counter(stable, "requests"), Counter(stable, "errors"));
        var latency = new MeasureSeries.Buckets(Buckets(canary, bounds), Buckets(stable, bounds));

        var rows = file.RootElement.GetProperty("data").EnumerateArray().ToList();
        var compared = 0;
        long? ofErrors = 0, ofLatency = 0;
        var gathered = new Gathered();
        foreach (var row in rows)
        {
            var at = row.GetProperty("t").GetInt64() * Interval;
            gathered.Add(row);
            var (errorLook, latencyLook) = (LookCounting.Count(errors, Look(at, ofErrors, Interval, Interval)), LookCounting.Count(latency, Look(at, ofLatency, Interval, Interval)));
            (ofErrors, ofLatency) = (errorLook.Accepted, latencyLook.Accepted);
            if (!gathered.BothSides)
            {
                Assert.Equal(CountingFlaw.NotFresh, errorLook.Flaw);
                continue;
            }

            // What is missing for longer than one look is dropped.
            Assert.Equal(gathered.Looks > 2 ? CountingFlaw.Hole : CountingFlaw.None, errorLook.Flaw);
            if (gathered.Looks <= 2)
            {
                gathered.AssertEqual(Assert.Single(errorLook.Intervals).Counts, Assert.Single(latencyLook.Intervals).Counts);
                compared++;
            }

            gathered = new Gathered();
        }

        Assert.True(compared >= 30, $"only {compared} of {rows.Count} intervals were compared");
    }

    private static SeriesTable Counter(JsonElement pods, string field) =>
        Table([.. pods.EnumerateArray().Select(pod => Series($"pod={pod.GetProperty("pod")}", 0, Interval, [.. Samples(pod).Select(sample => Value(sample, field))]))]);

    private static SeriesTable Buckets(JsonElement pods, string[] bounds) =>
        Table([.. pods.EnumerateArray().SelectMany(pod => bounds.Select((bound, i) =>
            Series($"pod={pod.GetProperty("pod")},le={bound}", 0, Interval, [.. Samples(pod).Select(sample => sample is null ? (double?)null : sample.Value.GetProperty("le")[i].GetDouble())])))]);

    private static IEnumerable<JsonElement?> Samples(JsonElement pod) =>
        pod.GetProperty("samples").EnumerateArray().Select(sample => sample.ValueKind == JsonValueKind.Null ? (JsonElement?)null : sample);

    private static double? Value(JsonElement? sample, string field) => sample?.GetProperty(field).GetDouble();

    /// <summary>The file's rows since the last look at which both sides had a sample.</summary>
    private sealed class Gathered
    {
        private readonly long[] _canary = new long[100];
        private readonly long[] _stable = new long[100];
        private bool _hasCanary;
        private bool _hasStable;

        public int Looks { get; private set; }

        public bool BothSides => _hasCanary && _hasStable;

        public void Add(JsonElement row)
        {
            Looks++;
            _hasCanary = Add(_canary, row.GetProperty("canary"));
            _hasStable = Add(_stable, row.GetProperty("stable"));
        }

        public void AssertEqual(MeasureCounts errors, MeasureCounts latency)
        {
            Assert.Equal((_canary[0], _canary[1]), (errors.Canary.Requests, errors.Canary.Errors));
            Assert.Equal((_stable[0], _stable[1]), (errors.StableA.Requests + errors.StableB.Requests, errors.StableA.Errors + errors.StableB.Errors));
            Assert.Equal(_canary[2..(2 + latency.Canary.Buckets.Length)], latency.Canary.Buckets);
            Assert.Equal(_stable[2..(2 + latency.Canary.Buckets.Length)], latency.StableA.Buckets.Zip(latency.StableB.Buckets, (a, b) => a + b));
        }

        private static bool Add(long[] sums, JsonElement side)
        {
            if (side.ValueKind == JsonValueKind.Null) return false;
            sums[0] += side.GetProperty("requests").GetInt64();
            sums[1] += side.GetProperty("errors").GetInt64();
            var i = 2;
            foreach (var bucket in side.GetProperty("buckets").EnumerateArray()) sums[i++] += bucket.GetInt64();
            return true;
        }
    }
}
