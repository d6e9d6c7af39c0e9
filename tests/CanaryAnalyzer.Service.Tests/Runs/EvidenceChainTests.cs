using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Service.Jobs;
using CanaryAnalyzer.Service.Storage;
using Microsoft.Extensions.Time.Testing;
using static CanaryAnalyzer.Service.Tests.Runs.RunHarness;

namespace CanaryAnalyzer.Service.Tests.Runs;

public sealed class EvidenceChainTests
{
    private const string Comparison = """
        {"metrics": [{"name": "compare", "provider": {"plugin": {"canaryanalyzer/compare": {"measures": [
          {"name": "errors", "errorRate": {"requests": "http_requests_total", "errors": "http_requests_total{code=~\"5..\"}"}}]}}}}],
         "args": [{"name": "canary-pods", "value": "web-1-.*"}, {"name": "stable-pods", "value": "web-0-.*"}]}
        """;

    private const string Continues = """, "labels": {"rollout-type": "Pause"}, "annotations": {"canaryanalyzer.io/continues": "web-0", "canaryanalyzer.io/last-pause": "true"}""";
    private static readonly ResourceKey Before = new("shop", "web-0");

    private readonly FakeRunStore _store = new();
    private readonly FakeProviders _providers = new() { Compare = request => Look(request, 0) };
    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public async Task The_first_look_goes_on_from_the_last_word_of_the_run_before_and_later_ones_from_their_own()
    {
        PutBefore("Inconclusive");
        _store.Put(Key, Comparison, Continues);
        _store.Others.Add("shop/cart");
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.AnswerAsync();
        var first = Assert.Single(_providers.Requests);
        Assert.Equal(("remembered", true, "shop/cart"), (first.Continues, first.IsLastPause, Assert.Single(first.OthersInFlight)));
        Assert.Equal("no verdict yet", _store.Status(Key).Result("compare")!.LastMeasurement!.Message);

        _providers.Compare = request => Look(request, 1);
        await NextAsync(harness);
        Assert.Equal("remembered", _providers.Requests[1].Continues);
        await NextAsync(harness);
        Assert.Null(_providers.Requests[2].Continues);
    }

    [Fact]
    public async Task Lateness_is_said_by_the_look_itself_alone()
    {
        _store.Put(Key, Comparison);
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.AnswerAsync();
        Assert.Equal("no verdict yet", _store.Status(Key).Result("compare")!.LastMeasurement!.Message);

        _time.Advance(TimeSpan.FromMinutes(5));
        _providers.Compare = request => Look(request, 1) with { Message = "undecided at look 1; the look was 4m10s late" };
        await harness.AnswerAsync();

        Assert.Equal("undecided at look 1; the look was 4m10s late", _store.Status(Key).Result("compare")!.LastMeasurement!.Message);
    }

    [Fact]
    public async Task A_run_before_that_is_being_ended_is_waited_for()
    {
        PutBefore("Running");
        _store.Put(Key, Comparison, Continues);
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await WaitedAsync(harness);
        Assert.Empty(_providers.Requests);

        PutBefore("Inconclusive", "last word");
        await harness.PassAsync();
        await harness.AnswerAsync();

        Assert.Equal("last word", Assert.Single(_providers.Requests).Continues);
    }

    [Fact]
    public void A_run_before_that_does_not_end_is_not_waited_for_without_end()
    {
        PutBefore("Running");
        _store.Put(Key, Comparison, Continues);
        var question = Question();
        var chain = new EvidenceChain(_store, _time);

        Assert.Equal(Start.AddSeconds(1), chain.WaitUntil(question));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(Start.AddSeconds(30), chain.WaitUntil(question));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(chain.WaitUntil(question));
        Assert.Equal("remembered", chain.Remembered(question, null));
    }

    [Theory]
    [InlineData("""{"phase": "Successful", "metricResults": []}""")]
    [InlineData("""{"phase": "Successful", "metricResults": [{"name": "compare", "phase": "Successful", "measurements": [{"phase": "Successful", "value": "{\"verdict\": \"Continue\", \"reason\": \"NoData\", \"look\": 0}", "metadata": {"state": "empty"}}]}]}""")]
    public void A_run_that_was_ended_before_its_first_look_breaks_no_chain(string status)
    {
        PutBefore("Inconclusive");
        _store.Edit(Before, run => run["status"]!["metricResults"]![0]!["measurements"]![0]!["value"] = """{"verdict": "Continue", "reason": "InBetween", "look": 4}""");
        _store.Put(new ResourceKey("shop", "web-between"), Comparison, Continues);
        _store.Edit(new ResourceKey("shop", "web-between"), run => run["status"] = JsonNode.Parse(status));
        _store.Put(Key, Comparison, Continues.Replace("web-0", "web-between", StringComparison.Ordinal));

        Assert.Equal("remembered", new EvidenceChain(_store, _time).Remembered(Question(), null));
    }

    [Theory]
    [InlineData("""{"name": "compare", "phase": "Inconclusive", "measurements": []}""", "AnalysisRun web-0 remembers nothing of this metric")]
    [InlineData("""{"name": "other", "phase": "Inconclusive", "measurements": [{"phase": "Inconclusive", "metadata": {"state": "remembered"}}]}""", "AnalysisRun web-0 remembers nothing of this metric")]
    [InlineData(null, "AnalysisRun web-0, from which it would go on, is gone")]
    public async Task A_run_before_that_says_nothing_is_named_and_the_evidence_begins_anew(string? metric, string why)
    {
        if (metric is not null) PutBefore("Inconclusive", metric: metric);
        _store.Put(Key, Comparison, Continues);
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.AnswerAsync();

        Assert.Null(Assert.Single(_providers.Requests).Continues);
        Assert.Equal($"the evidence begins anew: {why}; no verdict yet", _store.Status(Key).Result("compare")!.LastMeasurement!.Message);
    }

    [Fact]
    public async Task A_new_budget_is_told_with_its_reason()
    {
        _store.Put(Key, Comparison, """, "labels": {"rollout-type": "Release"}, "annotations": {"canaryanalyzer.io/begins-anew": "the update was retried", "canaryanalyzer.io/last-pause": "true"}""");
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.AnswerAsync();

        Assert.Equal("the evidence begins anew: the update was retried; no verdict yet", _store.Status(Key).Result("compare")!.LastMeasurement!.Message);
        Assert.Equal((RunPurpose.Release, false), (_providers.Requests[0].Purpose, _providers.Requests[0].IsLastPause));
    }

    [Theory]
    [InlineData("Release", "60")]
    [InlineData("Pause", "20")]
    public async Task Who_looks_on_through_several_steps_knows_the_weight_of_now(string purpose, string weight)
    {
        _store.CanaryWeight = 60;
        _store.Put(Key, Comparison.Replace("\"args\": [", "\"args\": [{\"name\": \"canary-weight\", \"value\": \"20\"}, ", StringComparison.Ordinal), $$""", "labels": {"rollout-type": "{{purpose}}"}""");
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.AnswerAsync();

        Assert.Equal(weight, _providers.Requests[0].Arguments["canary-weight"]);
    }

    [Fact]
    public async Task What_a_look_rests_on_is_kept_for_the_API_and_no_part_of_the_status()
    {
        _providers.Compare = request => Look(request, 1) with { Explanation = """{"queries": ["up"]}""" };
        _store.Put(Key, Comparison);
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.AnswerAsync();

        Assert.Equal("""{"queries": ["up"]}""", Assert.Single(harness.Explanations.Of(Key)["compare"]).Explanation);
        Assert.DoesNotContain("queries", _store.Json(Key).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Releases_under_way_are_named_those_nearby_first_and_not_all()
    {
        static (ResourceKey, JsonObject) Rollout(string inNamespace, string name, string stable, string wanted, string more = "") =>
            (new ResourceKey(inNamespace, name), (JsonObject)JsonNode.Parse($$"""{"status": {"stableRS": "{{stable}}", "currentPodHash": "{{wanted}}"{{more}} } }""")!);
        static IEnumerable<ResourceKey> UnderWay(IEnumerable<(ResourceKey Key, JsonObject Json)> all) => all.Where(r => ReleasesInFlight.IsUnderWay(r.Json)).Select(r => r.Key);
        var many = Enumerable.Range(10, 20).Select(i => Rollout("a", $"r{i}", "1", "2"));

        var found = ReleasesInFlight.First(
            [.. UnderWay([.. many, Rollout("shop", "web", "1", "2"), Rollout("shop", "cart", "1", "2"), Rollout("shop", "idle", "1", "1"), Rollout("shop", "back", "1", "2", ", \"abort\": true"), Rollout("shop", "new", "", "2"), Rollout("a", "r10-again", "1", "2", ", \"abort\": false")])],
            new ResourceKey("shop", "web"));

        Assert.Equal(["shop/cart", "a/r10", "a/r10-again", .. Enumerable.Range(11, 7).Select(i => $"a/r{i}")], found);
    }

    private static Measurement Look(MeasurementRequest request, int look) => new()
    {
        Phase = AnalysisPhase.Running,
        StartedAt = request.Previous?.StartedAt ?? request.Now,
        ResumeAt = request.Now.AddSeconds(30),
        Message = "no verdict yet",
        Value = $$"""{"verdict": "Continue", "reason": "InBetween", "look": {{look}}}""",
        Metadata = ImmutableSortedDictionary<string, string>.Empty.Add(MetadataKeys.State, "own"),
    };

    private OpenQuestion Question()
    {
        var run = _store.Read(Key)!.Run with { Status = RunStatus.New with { StartedAt = Start } };
        return new OpenQuestion(run, RunPlan.Of(run).Metrics[0], 1, new DueMeasurement(new MeasurementSlot("compare", 0, MeasurementKind.Start, null), Start));
    }

    private void PutBefore(string phase, string state = "remembered", string? metric = null)
    {
        _store.Put(Before, Comparison);
        metric ??= $$$"""{"name": "compare", "phase": "{{{phase}}}", "measurements": [{"phase": "{{{phase}}}", "metadata": {"state": "{{{state}}}"}}]}""";
        _store.Edit(Before, run => run["status"] = JsonNode.Parse($$"""{"phase": "{{phase}}", "metricResults": [{{metric}}]}"""));
    }

    private Task<RunHarness> StartAsync() => RunHarness.StartAsync(_store, _providers, _time);

    // The question is put off by a second; when that is over, the run's turn comes.
    private async Task WaitedAsync(RunHarness harness)
    {
        await harness.PutOffAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        await harness.TurnAsync();
    }

    private async Task NextAsync(RunHarness harness)
    {
        _time.Advance(TimeSpan.FromSeconds(30));
        await harness.AnswerAsync();
    }
}
