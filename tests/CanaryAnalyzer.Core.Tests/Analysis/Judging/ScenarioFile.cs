using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>A recorded comparison (Data/Judge/scenarios): 30 intervals of history, 60 to judge, and what answer is acceptable.</summary>
internal sealed class ScenarioFile
{
    private readonly JsonElement _root;

    private ScenarioFile(JsonElement root) => _root = root;

    public ImmutableArray<string> Acceptable => [.. _root.GetProperty("expected").GetProperty("acceptable").EnumerateArray().Select(e => e.GetString()!)];

    public int? Onset => _root.GetProperty("onsetInterval") is { ValueKind: JsonValueKind.Number } n ? n.GetInt32() : null;

    public TimeSpan Interval => TimeSpan.FromSeconds(_root.GetProperty("intervalSeconds").GetInt32());

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Data", "Judge", "scenarios");

    public static ScenarioFile Load(string name) => new(JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name))).RootElement);

    /// <summary>The judge's default options, for errors and latency.</summary>
    public static JudgeOptions Options => new()
    {
        Measures = [new() { Name = "errors", Kind = MeasureKind.ErrorRate }, new() { Name = "latency", Kind = MeasureKind.Latency }],
    };

    public ImmutableArray<double> Bounds => [.. _root.GetProperty("bucketBounds").EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Number).Select(e => e.GetDouble())];

    public ImmutableArray<MeasureHistory> History
    {
        get
        {
            var rows = _root.GetProperty("history").EnumerateArray().Select(r => (A: Side.Of(r.GetProperty("a")), B: Side.Of(r.GetProperty("b")))).ToList();
            return
            [
                new([.. rows.Select(r => new AaInterval(r.A.Errors, r.B.Errors))], []),
                new([.. rows.Select(r => new AaInterval(r.A.Latency, r.B.Latency))], Bounds),
            ];
        }
    }

    /// <summary>The looks: where a side has missed its scrape there is no data, and the next look of both covers the gap.</summary>
    public IEnumerable<LookInput> Looks()
    {
        Side canary = Side.None, a = Side.None, b = Side.None;
        var number = 0;
        foreach (var row in _root.GetProperty("data").EnumerateArray())
        {
            number++;
            var c = row.GetProperty("canary");
            var s = row.GetProperty("stable");
            if (c.ValueKind == JsonValueKind.Object)
                canary = canary.Add(Side.Of(c));
            if (s.ValueKind == JsonValueKind.Object)
            {
                a = a.Add(Side.Of(s.GetProperty("pods")[0]));
                b = b.Add(Side.Of(s.GetProperty("pods")[1]));
            }

            ImmutableArray<MeasureCounts?> counts = [null, null];
            if (c.ValueKind == JsonValueKind.Object && s.ValueKind == JsonValueKind.Object)
            {
                counts =
                [
                    new(canary.Errors, a.Errors, b.Errors),
                    new(canary.Latency, a.Latency, b.Latency) { BucketBounds = Bounds },
                ];
                canary = a = b = Side.None;
            }

            yield return new(number, number * Interval, counts);
        }
    }

    private sealed record Side(long Requests, long Failed, ImmutableArray<long> Buckets)
    {
        public static Side None { get; } = new(0, 0, []);

        public SideCounts Errors => SideCounts.OfErrors(Requests, Failed);

        public SideCounts Latency => SideCounts.OfBuckets(Buckets);

        public static Side Of(JsonElement e) =>
            new(e.GetProperty("requests").GetInt64(), e.GetProperty("errors").GetInt64(), [.. e.GetProperty("buckets").EnumerateArray().Select(b => b.GetInt64())]);

        public Side Add(Side other) => new(
            Requests + other.Requests, Failed + other.Failed, Buckets.IsEmpty ? other.Buckets : [.. Buckets.Zip(other.Buckets, (x, y) => x + y)]);
    }
}
