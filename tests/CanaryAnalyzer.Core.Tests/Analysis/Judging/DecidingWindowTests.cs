using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Tests.Analysis.Judging;

/// <summary>A verdict is given with the numbers that it rests on, which are not always those of the whole run.</summary>
public sealed class DecidingWindowTests
{
    private static readonly double[] Fast = [0.20, 0.40, 0.25, 0.10, 0.04, 0.01];
    private static readonly double[] Slow = [0.10, 0.30, 0.30, 0.18, 0.09, 0.03];
    private static readonly double[] LongTail = [0.20, 0.40, 0.25, 0.10, 0.01, 0.04];
    private static readonly double[] Bimodal = [0.45, 0.25, 0.05, 0.05, 0.05, 0.15];

    public static JudgeOptions Limit { get; } = Stream.Errors with { Measures = [new() { Name = "slo", Kind = MeasureKind.Limit, LimitMax = 0.05 }], MaxDuration = null };

    [Fact]
    public void Limit_that_is_overrun_at_last_is_said_with_the_share_of_that_time()
    {
        var stream = new Stream(Limit);
        stream.Until(40, Of(300, 3));
        var report = stream.Until(60, Of(300, 36)).Report;
        Assert.Equal(JudgeVerdict.Rollback, report.Verdict);
        Assert.True(report.Measures[0].Canary.Share < 0.05);
        Assert.Matches(@"^rolled back at look \d+: slo 12% \(\d+ of [\d,]+\) on canary in the last \d+m(\d+s)?, limit 5%; evidence of harm [\d,]+, threshold 100$", VerdictSentence.Of(report));
        var window = Window(report);
        Assert.True(window.GetProperty("canary").GetProperty("errors").GetInt64() > 0.05 * window.GetProperty("canary").GetProperty("requests").GetInt64());
        Assert.False(window.TryGetProperty("stable", out _));
    }

    [Fact]
    public void Canary_that_was_better_for_long_and_is_worse_now_is_said_to_be_worse()
    {
        var stream = new Stream(Stream.Errors with { MaxDuration = null });
        stream.Until(40, Stream.Counts(300, 0, 2700, 54));
        var report = stream.Until(80, Stream.Counts(300, 30, 2700, 54)).Report;
        Assert.Equal(JudgeVerdict.Rollback, report.Verdict);
        Assert.True(report.Measures[0].Ratio < 1);
        Assert.Matches(@"^rolled back at look \d+: errors 10% \(\d+ of [\d,]+\) on canary, 2\.0% \(\d+ of [\d,]+\) on stable in the last \d+m(\d+s)?: 5\.0x; ", VerdictSentence.Of(report));
        Assert.Equal(5, Window(report).GetProperty("ratio").GetDouble(), 0.01);
    }

    [Fact]
    public void Other_mix_of_routes_is_said_with_stables_share_at_the_canarys_mix()
    {
        // Most of stable's requests are searches, which fail often; the canary has few of them, and fails three times as often at everything.
        var search = Stream.Counts(30, 9, 9000, 900);
        var pay = Stream.Counts(970, 29, 1000, 10);
        var both = new MeasureCounts(Sum(search.Canary, pay.Canary), Sum(search.StableA, pay.StableA), Sum(search.StableB, pay.StableB)) { Strata = [search, pay] };
        var report = new Stream(Stream.Errors).Until(60, both).Report;
        Assert.Equal(JudgeVerdict.Rollback, report.Verdict);
        Assert.True(report.Measures[0].Canary.Share < report.Measures[0].Stable.Share);
        Assert.Contains("on canary, 1.3% on stable at the canary's mix: 3.0x", VerdictSentence.Of(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_of_the_run_before_comes_with_its_numbers()
    {
        var options = Stream.Errors with { FalseRollback = 1e-6, MaxDuration = null };
        var first = new Stream(options);
        var report = first.Until(3, Stream.Counts(300, 9, 2700, 27)).Report;
        for (var look = 0; look < 20 && report.LogEvidence < 0.8 * report.LogThreshold; look++)
            report = first.Look(Stream.Counts(300, 9, 2700, 27)).Report;
        Assert.Equal(JudgeVerdict.Continue, report.Verdict);
        var state = JudgeState.StartAfter(options, [], first.State.Write(), out _);
        var next = SequentialJudge.Look(state, new LookInput(1, TimeSpan.FromSeconds(30), [Stream.Counts(300, 30, 2700, 27)]), options).Report;
        Assert.Equal(JudgeVerdict.Rollback, next.Verdict);
        Assert.True(next.Measures[0].Deciding!.Canary.Requests > 600);
        Assert.Contains(" in the last ", VerdictSentence.Of(next), StringComparison.Ordinal);
    }

    [Fact]
    public void State_keeps_the_window_and_one_without_windows_is_read()
    {
        var stream = new Stream(Stream.Both);
        stream.Until(5, Stream.Counts(300, 5, 2700, 27), Stream.Slow([200, 500, 240, 40, 8, 2], [600, 1000, 300, 80, 16, 4]));
        Assert.True(JudgeState.TryRead(stream.State.Write(), Stream.Both, out var read, out _));
        Assert.Equal(stream.State.Write(), read!.Write());
        Assert.Equal(Deciding(stream.State), Deciding(read));
        Assert.NotNull(Deciding(read)[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Counts_of_latency_are_over_the_same_bound_at_every_look(int asked)
    {
        var random = new Random(7);
        var options = Stream.Latency with { MaxDuration = null, FalseRollback = 1e-12, Measures = [Stream.Latency.Measures[0] with { Bounds = asked == 0 ? [] : [0.25] }] };
        var stream = new Stream(options);
        var bounds = new HashSet<double?>();
        double[][] shapes = [Fast, Slow, LongTail, Bimodal];
        for (var look = 0; look < 60; look++)
        {
            var report = stream.Look(RandomCounts.Latency(random, 60, 540, shapes[look / 5 % 4], Fast)).Report;
            if (report.Measures[0].Canary.Requests > 0)
                bounds.Add(report.Measures[0].Bound);
        }

        Assert.NotNull(Assert.Single(bounds));
    }

    [Theory]
    [InlineData(JudgeVersions.Seq1, 1)]
    [InlineData(JudgeVersions.Seq2, 2)]
    [InlineData(JudgeVersions.Seq3, 3)]
    public void Numbers_of_every_verdict_point_its_way(string version, int seed)
    {
        var random = new Random(seed);
        var (rolledBack, promoted) = (0, 0);
        for (var run = 0; run < 250; run++)
        {
            var options = Random(random) with { Version = version };
            var stream = new Stream(options);
            var world = new World(random);
            LookResult result;
            do
                result = stream.Look([.. options.Measures.Select(measure => world.Next(measure, stream.Looks))]);
            while (result.Verdict == JudgeVerdict.Continue && stream.Looks < 60);
            if (result.Verdict == JudgeVerdict.Rollback)
            {
                rolledBack++;
                Assert.All(result.Report.Culprits, name => AssertIsWorse(options, result.Report, name));
                Assert.StartsWith($"rolled back at look {stream.Looks}: ", VerdictSentence.Of(result.Report), StringComparison.Ordinal);
            }
            else if (result.Verdict == JudgeVerdict.Promote && version != JudgeVersions.Seq1)
            {
                promoted++;
                Assert.All(result.Report.Measures, measure => AssertIsNotHarmful(options, measure));
            }
        }

        Assert.True(rolledBack > 40, $"{rolledBack} rolled back");
        Assert.True(promoted > 5 || version == JudgeVersions.Seq1, $"{promoted} promoted");
    }

    private static void AssertIsWorse(JudgeOptions options, LookReport report, string name)
    {
        var measure = report.Measures.First(m => m.Name == name);
        var setup = options.Measures.First(m => m.Name == name);
        Assert.NotNull(measure.Deciding);
        var window = measure.Deciding!;
        switch (window.Component)
        {
            case EvidenceComponent.Limit:
                Assert.True(window.Canary.Share > setup.LimitMax, VerdictSentence.Of(report));
                break;
            case EvidenceComponent.Body:
                Assert.True(window.Superiority > 0.5, VerdictSentence.Of(report));
                break;
            case EvidenceComponent.Value:
                Assert.True(window.CanaryValue > window.StableValue, VerdictSentence.Of(report));
                break;
            default:
                Assert.True(window.Canary.Share > (window.StableShareAtMix ?? window.Stable.Share), VerdictSentence.Of(report));
                Assert.True(window.Ratio is null or > 1, VerdictSentence.Of(report));
                break;
        }

        Assert.True(window.Duration is null || window.Duration > TimeSpan.Zero);
    }

    private static void AssertIsNotHarmful(JudgeOptions options, MeasureReport measure)
    {
        var setup = options.Measures.First(m => m.Name == measure.Name);
        if (setup.Kind is MeasureKind.ErrorRate or MeasureKind.Latency)
            Assert.True(measure.Canary.Share < (setup.MarginRatio * (measure.StableShareAtMix ?? measure.Stable.Share)) + setup.MarginAbsolute, measure.ToString());
        if (setup.Kind == MeasureKind.Limit)
            Assert.True(measure.Canary.Share < setup.LimitMax);
    }

    private static JudgeOptions Random(Random random)
    {
        MeasureOptions[] kinds =
        [
            new() { Name = "errors", Kind = MeasureKind.ErrorRate, ToleranceRatio = random.Next(3) == 0 ? 1.2 : 1 },
            new() { Name = "latency", Kind = MeasureKind.Latency, Bounds = random.Next(2) == 0 ? [] : [0.25] },
            new() { Name = "slo", Kind = MeasureKind.Limit, LimitMax = 0.02 },
            new() { Name = "memory", Kind = MeasureKind.Series, Weight = 0.3 },
        ];
        return Stream.Errors with { Measures = [.. kinds.Where((_, i) => i == 0 || random.Next(2) == 0)] };
    }

    private static MeasureCounts Of(long requests, long errors) => new(SideCounts.OfErrors(requests, errors), SideCounts.None, SideCounts.None);

    private static SideCounts Sum(SideCounts a, SideCounts b) => SideCounts.OfErrors(a.Requests + b.Requests, a.Errors + b.Errors);

    private static List<DecidingWindow?> Deciding(JudgeState state) =>
        [.. SequentialJudge.Look(state, new LookInput(6, TimeSpan.FromMinutes(3), [null, null]), Stream.Both).Report.Measures.Select(measure => measure.Deciding)];

    private static JsonElement Window(LookReport report) => JsonDocument.Parse(VerdictJson.Write(report)).RootElement.GetProperty("measures")[0].GetProperty("window");

    /// <summary>Traffic whose split and rates change now and then, on each side by itself.</summary>
    private sealed class World(Random random)
    {
        private readonly double _calm = random.NextDouble();
        private double _canaryRate = 0.01;
        private double _stableRate = 0.01;
        private int _canary = 300;
        private double[] _latency = Fast;
        private double _memory = 1;
        private int _look = -1;

        public MeasureCounts Next(MeasureOptions measure, int look)
        {
            if (look != _look && random.NextDouble() > 0.8 * _calm)
                Change();
            _look = look;
            return measure.Kind switch
            {
                MeasureKind.Latency => RandomCounts.Latency(random, _canary, 2700, _latency, Fast),
                MeasureKind.Series => new MeasureCounts(SideCounts.None, SideCounts.None, SideCounts.None) { Values = new([_memory * (0.9 + (0.2 * random.NextDouble()))], [1, 1.01]) },
                _ => Errors(),
            };
        }

        private MeasureCounts Errors() => new(
            SideCounts.OfErrors(_canary, RandomCounts.Binomial(random, _canary, _canaryRate)),
            SideCounts.OfErrors(1350, RandomCounts.Binomial(random, 1350, _stableRate)),
            SideCounts.OfErrors(1350, RandomCounts.Binomial(random, 1350, _stableRate)));

        private void Change()
        {
            if (_calm > 0.7 && random.Next(3) > 0)
                return;
            double[] rates = [0, 0.002, 0.01, 0.01, 0.03, 0.1];
            (_canaryRate, _stableRate) = (rates[random.Next(rates.Length)], rates[random.Next(rates.Length)]);
            _canary = new[] { 30, 300, 2700 }[random.Next(3)];
            _latency = new[] { Fast, Fast, Slow, LongTail, Bimodal }[random.Next(5)];
            _memory = new[] { 0.8, 1, 1.3 }[random.Next(3)];
        }
    }
}
