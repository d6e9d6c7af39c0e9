using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Metrics.Tests.Backends;
using static CanaryAnalyzer.Metrics.Tests.Compare.Comparison;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

/// <summary>Where both versions get worse together something else happens, which is no time to promote. Nobody waits for the minutes that it lasts: they are written into a real Prometheus.</summary>
public sealed class BothWorseTests(Prometheus2CountingTests.Fixture fixture) : IClassFixture<Prometheus2CountingTests.Fixture>, IDisposable
{
    /// <summary>How long both are worse, from the canary's first second on; the least duration ends long before.</summary>
    private const int Lasts = 300;

    private const int Step = 10;

    private readonly Comparison _comparison = new();

    public void Dispose() => _comparison.Dispose();

    [Fact]
    public async Task Promotion_waits_while_both_are_worse_and_the_report_names_the_other_releases()
    {
        var data = new Dataset("default");
        foreach (var (pod, from) in ((string, int)[])[("stable-0", -600), ("stable-1", -600), ("canary-0", Step)])
        {
            data.Counter($"__name__=http_requests_received_total,pod={pod},code=200", from, Totals(from, usual: 995, worse: 800));
            data.Counter($"__name__=http_requests_received_total,pod={pod},code=500", from, Totals(from, usual: 5, worse: 200));
        }

        await fixture.Server.WriteAsync(data.Series, TestContext.Current.CancellationToken);
        var spec = Spec(fixture.Server.Address, "\"interval\": \"10s\", \"minDuration\": \"3m\", \"maxDuration\": \"15m\", \"history\": \"5m\",");
        var request = Request("canary") with { Now = Dataset.At(0), OthersInFlight = ["shop/cart", "shop/till"] };

        var looks = new List<Measurement> { await _comparison.MeasureAsync(spec, request) };
        while (looks[^1].Phase == AnalysisPhase.Running)
            looks.Add(await _comparison.MeasureAsync(spec, request with { Now = looks[^1].ResumeAt!.Value, Previous = looks[^1] }));

        var waiting = looks.Where(look => look.Value is not null && Verdict(look) == "Continue BothWorse").ToList();
        Assert.NotEmpty(waiting);
        Assert.All(waiting, look =>
        {
            Assert.Contains("both versions are far worse than stable's past; promotion waits until that is over", look.Message, StringComparison.Ordinal);
            Assert.Contains("other releases under way: shop/cart, shop/till", look.Message, StringComparison.Ordinal);
        });
        Assert.Equal((AnalysisPhase.Successful, "Promote Safe"), (looks[^1].Phase, Verdict(looks[^1])));
        Assert.True(looks[^1].FinishedAt > Dataset.At(Lasts), $"it promoted in the middle of it: {looks[^1].Message}");
        Assert.DoesNotContain("other releases", looks[^1].Message, StringComparison.Ordinal);
    }

    /// <summary>A counter's values, a step each, up to long after both are well again.</summary>
    private static double?[] Totals(int from, double usual, double worse)
    {
        var total = 0.0;
        return [.. Enumerable.Range(0, (900 - from) / Step).Select(i => (double?)(total += from + (Step * i) is > 0 and <= Lasts ? worse : usual))];
    }
}
