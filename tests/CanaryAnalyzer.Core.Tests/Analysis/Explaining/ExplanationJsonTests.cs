using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Explaining;
using CanaryAnalyzer.Core.Analysis.Judging;
using Stream = CanaryAnalyzer.Core.Tests.Analysis.Judging.Stream;

namespace CanaryAnalyzer.Core.Tests.Analysis.Explaining;

public sealed class ExplanationJsonTests
{
    private static readonly JudgeOptions AllKinds = new()
    {
        Measures =
        [
            new() { Name = "errors", Kind = MeasureKind.ErrorRate },
            new() { Name = "latency", Kind = MeasureKind.Latency },
            new() { Name = "memory", Kind = MeasureKind.Series, Weight = 0.1 },
            new() { Name = "slo", Kind = MeasureKind.Limit, Required = false },
            new() { Name = "traffic", Kind = MeasureKind.Traffic, Required = false },
        ],
    };

    [Fact]
    public void Write_has_the_whole_look() => AssertGolden("explanation.json", ExplanationJson.Write(new Explanation
    {
        Report = Look(),
        Queries = ["http_requests_received_total{pod=~\"web-1-.*\"}"],
        Flags = [new("latency", "Stale", "the last sample of stable is 75 s old")],
        Targets = [new("errors", false, "shop/web-0-a", 54000, 54, false), new("errors", true, "shop/web-1-a", 6000, 6, true)],
        Notes = ["counting begins at 09:00:30"],
        OthersInFlight = ["shop/cart"],
    }));

    [Fact]
    public void Write_of_much_too_much_stays_within_64_KiB_and_says_how_much_is_left_out()
    {
        var long1 = new string('ä', 5000);
        var explanation = new Explanation
        {
            Report = Look(),
            Queries = [.. Enumerable.Repeat(long1, 500)],
            Flags = [.. Enumerable.Repeat(new DataFlag("errors", "NoSeries", long1), 500)],
            Targets = [.. Enumerable.Range(0, 500).Select(i => new TargetFigures("errors", true, long1 + i, long.MaxValue, long.MaxValue, i == 499))],
            Notes = [.. Enumerable.Repeat(long1, 500)],
            OthersInFlight = [.. Enumerable.Repeat(long1, 500)],
        };
        var text = ExplanationJson.Write(explanation);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1000, ExplanationJson.MostBytes);
        var root = JsonDocument.Parse(text).RootElement;
        Assert.True(root.GetProperty("leftOut").GetInt32() > 2000);
        Assert.True(root.GetProperty("targets")[0].GetProperty("standsOut").GetBoolean());
    }

    [Fact]
    public void Write_of_the_first_look_knows_little_and_is_still_whole()
    {
        var report = new Stream(AllKinds).Look(null, null, null, null, null).Report;
        var root = JsonDocument.Parse(ExplanationJson.Write(new Explanation { Report = report })).RootElement;
        Assert.Equal(("Continue", "NoData"), (root.GetProperty("verdict").GetString(), root.GetProperty("reason").GetString()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("smallestRatio").ValueKind);
        Assert.Equal(5, root.GetProperty("measures").GetArrayLength());
    }

    private static LookReport Look()
    {
        var buckets = Stream.Slow([150, 120, 20, 8, 1, 1], [700, 500, 100, 40, 5, 5]);
        ImmutableArray<MeasureCounts?> counts =
        [
            Stream.Counts(300, 1, 2700, 9),
            buckets,
            new MeasureCounts(SideCounts.None, SideCounts.None, SideCounts.None) { Values = new([512.5], [500, 498]) },
            Stream.Counts(300, 1, 2700, 9),
            Stream.Counts(300, 0, 2700, 0) with { ExpectedShare = 0.1 },
        ];
        var past = new MeasureHistory([.. Enumerable.Repeat(new AaInterval(buckets.StableA, buckets.StableB), 30)], Stream.Bounds);
        return new Stream(AllKinds, Stream.HistoryOf(1350, 4), past).Until(20, counts).Report;
    }

    private static void AssertGolden(string name, string actual, [System.Runtime.CompilerServices.CallerFilePath] string caller = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual + "\n");
        }

        Assert.True(File.Exists(file), $"{file} is missing; UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(file), actual + "\n");
    }
}
