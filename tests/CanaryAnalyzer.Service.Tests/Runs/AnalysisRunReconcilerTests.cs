using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Service.Loop;
using Microsoft.Extensions.Time.Testing;
using static CanaryAnalyzer.Service.Tests.Runs.RunHarness;

namespace CanaryAnalyzer.Service.Tests.Runs;

public sealed class AnalysisRunReconcilerTests
{
    private const string Comparison = """
        {"metrics": [{"name": "compare", "provider": {"plugin": {"canaryanalyzer/compare": {"measures": [
          {"name": "errors", "errorRate": {"requests": "http_requests_total", "errors": "http_requests_total{code=~\"5..\"}"}}]}}}}],
         "args": [{"name": "canary-pods", "value": "web-1-.*"}, {"name": "stable-pods", "value": "web-0-.*"}]}
        """;

    private readonly FakeRunStore _store = new();
    private readonly FakeProviders _providers = new();
    private readonly FakeSurroundings _surroundings = new();
    private readonly FakeTimeProvider _time = new(DecisionClock.Real(Start));

    private RunStatus Status => _store.Status(Key);

    [Fact]
    public async Task Run_is_measured_until_its_count_is_reached()
    {
        _store.Put(Key, Metrics("\"interval\": \"1m\", \"count\": 3"));
        await using var harness = await StartAsync();
        await harness.PassAsync();
        Assert.Equal(AnalysisPhase.Running, Status.Phase);
        await harness.AnswerAsync();
        await NextAsync(harness, TimeSpan.FromMinutes(1));
        Assert.Equal(2, Status.Result("rate")?.Count);
        await NextAsync(harness, TimeSpan.FromMinutes(1));
        Assert.Equal(AnalysisPhase.Successful, Status.Phase);
        Assert.Equal(3, _providers.Queries.Count);
        Assert.Equal(
            [(EventType.Normal, "MetricSuccessful", "Metric 'rate' Completed. Result: Successful"), (EventType.Normal, "AnalysisRunSuccessful", "Analysis completed. Result: Successful")],
            _surroundings.Events);
        var measurement = _store.Json(Key)["status"]!["metricResults"]![0]!["measurements"]![0]!;
        Assert.Equal("[1]", measurement["value"]!.GetValue<string>());
        Assert.Equal("up", _store.Json(Key)["status"]!["metricResults"]![0]!["metadata"]!["ResolvedPrometheusQuery"]!.GetValue<string>());
    }

    [Fact]
    public async Task Run_with_a_misspelt_condition_ends_in_error_before_anything_is_measured()
    {
        _store.Put(Key, Metrics("\"succesCondition\": \"result[0] >= 0.95\""));
        await using var harness = await StartAsync();
        await harness.PassAsync();

        Assert.Equal(AnalysisPhase.Error, Status.Phase);
        Assert.Equal("Analysis spec invalid: spec.metrics[0].succesCondition: is not a known field; did you mean successCondition?", Status.Message);
        Assert.Empty(_providers.Queries);
    }

    [Fact]
    public async Task Prometheus_that_asks_for_a_pause_is_left_alone_for_it()
    {
        _store.Put(Key, Metrics("\"interval\": \"1m\", \"count\": 2"));
        _providers.Query = (_, _) => ValueTask.FromResult<ProviderAnswer>(new ProviderAnswer.Failed("too many requests") { RetryAt = Start.AddMinutes(5) });
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.AnswerAsync();
        _time.Advance(TimeSpan.FromMinutes(4));
        await harness.PassAsync();
        Assert.Single(_providers.Queries);

        _providers.Query = (_, _) => FakeProviders.Answer(1);
        await NextAsync(harness, TimeSpan.FromMinutes(1));
        Assert.Equal(2, _providers.Queries.Count);
        Assert.Equal(1, Status.Result("rate")?.Error);
    }

    [Fact]
    public async Task Query_is_asked_when_its_initial_delay_is_over_and_not_before()
    {
        _store.Put(Key, Metrics("\"initialDelay\": \"5m\""));
        await using var harness = await StartAsync();
        await harness.PassAsync();
        _time.Advance(TimeSpan.FromMinutes(4));
        await harness.PassAsync();
        Assert.Empty(_providers.Queries);
        await NextAsync(harness, TimeSpan.FromMinutes(1));
        Assert.Equal(DecisionClock.Real(Start.AddMinutes(5)), Assert.Single(_providers.Queries).At);
    }

    [Fact]
    public async Task Looks_in_between_ask_nothing_twice()
    {
        _store.Put(Key, Metrics("\"interval\": \"1m\""));
        await using var harness = await StartAsync();
        var answer = new TaskCompletionSource<ProviderAnswer>();
        var asked = new TaskCompletionSource();
        _providers.Query = async (_, _) =>
        {
            asked.TrySetResult();
            return await answer.Task;
        };
        await harness.PassAsync();
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await harness.PassAsync();
        await harness.PassAsync();
        answer.SetResult(new ProviderAnswer.Answered(new Metrics.MetricValue.Number(1)));
        await harness.TurnAsync();
        _store.BeforeWrite = () => Assert.False(harness.HasTurn);
        await harness.PassAsync();
        await harness.PassAsync();
        Assert.Single(_providers.Queries);
        Assert.Equal(1, Status.Result("rate")?.Error);
        Assert.Equal("successCondition: column 7: float has no fields or elements, so no 0", Status.Result("rate")?.LastMeasurement?.Message);
    }

    [Fact]
    public async Task Answer_survives_a_write_that_met_a_conflict_and_counts_once()
    {
        _store.Put(Key, Metrics("\"interval\": \"1m\""));
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.TurnAsync();
        _store.BeforeWrite = () => _store.Edit(Key, run => run["metadata"]!["labels"] = new JsonObject { ["touched"] = "yes" });
        var conflict = await Assert.ThrowsAsync<ResourceException>(harness.PassAsync);
        Assert.True(conflict.IsConflict);
        _store.BeforeWrite = null;
        await harness.PassAsync();
        await harness.PassAsync();
        Assert.Equal(1, Status.Result("rate")?.Count);
        Assert.Single(_providers.Queries);
        Assert.Equal("yes", _store.Json(Key)["metadata"]!["labels"]!["touched"]!.GetValue<string>());
    }

    [Fact]
    public async Task Run_that_is_killed_in_the_middle_goes_on_and_doubles_nothing()
    {
        _store.Put(Key, Metrics("\"interval\": \"1m\", \"count\": 3"));
        await using (var first = await StartAsync())
        {
            await first.PassAsync();
            await first.AnswerAsync();
            _time.Advance(TimeSpan.FromMinutes(1));
            await first.TurnAsync(); // This answer dies with the process.
        }

        await using var second = await StartAsync();
        await second.PassAsync();
        await second.AnswerAsync();
        Assert.Equal(2, Status.Result("rate")?.Count);
        await NextAsync(second, TimeSpan.FromMinutes(1));
        Assert.Equal((AnalysisPhase.Successful, 3), (Status.Phase, Status.Result("rate")?.Measurements.Length));
        Assert.Equal([0, 1, 2], Status.Result("rate")!.Measurements.Select(one => (int)(one.StartedAt - Start).TotalMinutes));
    }

    [Fact]
    public async Task Measurement_that_was_due_while_nobody_worked_is_asked_at_once()
    {
        _store.Put(Key, Metrics("\"interval\": \"1m\""));
        await using (var first = await StartAsync())
        {
            await first.PassAsync();
            await first.AnswerAsync();
        }

        _time.Advance(TimeSpan.FromHours(1));
        await using var second = await StartAsync();
        await second.PassAsync();
        await second.AnswerAsync();
        Assert.Equal([Start, Start.AddHours(1)], Status.Result("rate")!.Measurements.Select(one => one.StartedAt));
    }

    [Fact]
    public async Task Comparison_is_resumed_with_its_last_look_also_after_a_restart()
    {
        _store.Put(Key, Comparison, """, "labels": {"rollout-type": "Pause"}, "annotations": {"canaryanalyzer.io/deadline": "2024-05-17T10:00:00Z"}""");
        _providers.Compare = request => new Measurement
        {
            Phase = AnalysisPhase.Running,
            StartedAt = request.Previous?.StartedAt ?? request.Now,
            ResumeAt = request.Now.AddSeconds(30),
            Metadata = (request.Previous?.Metadata ?? ImmutableSortedDictionary<string, string>.Empty).SetItem("state", "look " + _providers.Requests.Count),
        };
        await using (var first = await StartAsync())
        {
            await first.PassAsync();
            await first.AnswerAsync();
            await NextAsync(first, TimeSpan.FromSeconds(30));
        }

        _store.Changes.Add(Start.AddSeconds(20));
        await using var second = await StartAsync();
        await second.PassAsync();
        await NextAsync(second, TimeSpan.FromSeconds(30));
        Assert.Equal([Start.AddSeconds(20)], _providers.Requests[^1].Cuts);
        Assert.Equal([null, "look 1", "look 2"], _providers.Requests.Select(request => request.Previous?.Metadata["state"]));
        var last = _providers.Requests[^1];
        Assert.Equal((RunPurpose.Pause, Start.AddMinutes(30), "web-1-.*", 1), (last.Purpose, last.Deadline, last.Arguments["canary-pods"], last.Comparisons));
        Assert.Single(Status.Result("compare")!.Measurements);
    }

    [Fact]
    public async Task Look_that_has_no_answer_keeps_what_was_counted_and_says_that_its_query_failed()
    {
        _store.Put(Key, Comparison);
        _providers.Compare = request => request.Previous is null
            ? new Measurement
            {
                Phase = AnalysisPhase.Running, StartedAt = request.Now, ResumeAt = request.Now.AddSeconds(30), Value = """{"verdict":"Continue","reason":"InBetween","look":3,"evidence":1.25}""",
            }
            : throw new InvalidOperationException("broken");
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.AnswerAsync();
        await NextAsync(harness, TimeSpan.FromSeconds(30));
        var last = Status.Result("compare")!.LastMeasurement!;
        Assert.Equal((AnalysisPhase.Running, "broken"), (last.Phase, last.Message));
        Assert.Equal("""{"verdict":"Continue","reason":"QueryError","look":3,"evidence":1.25}""", last.Value);
    }

    [Fact]
    public async Task Termination_is_asked_of_the_provider_at_once()
    {
        _store.Put(Key, Comparison);
        _providers.Compare = request => new Measurement
        {
            Phase = request.Terminate ? AnalysisPhase.Inconclusive : AnalysisPhase.Running, StartedAt = Start, ResumeAt = request.Now.AddHours(1),
        };
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.AnswerAsync();
        _store.Edit(Key, run => run["spec"]!["terminate"] = true);
        await harness.PassAsync();
        await harness.AnswerAsync();
        Assert.Equal((AnalysisPhase.Inconclusive, "Metric Terminated"), (Status.Phase, Status.Result("compare")?.Message));
    }

    [Fact]
    public async Task Provider_that_hangs_is_an_error_when_its_time_is_over()
    {
        _store.Put(Key, Metrics("\"interval\": \"1m\""));
        var asked = new TaskCompletionSource();
        _providers.Query = async (_, token) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return null!;
        };
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(36));
        await harness.AnswerAsync();
        Assert.Equal((1, "the provider gave no answer within 35s"), (Status.Result("rate")?.ConsecutiveError, Status.Result("rate")?.LastMeasurement?.Message));
    }

    [Fact]
    public async Task Provider_that_throws_is_an_error_and_the_run_goes_on()
    {
        _store.Put(Key, Metrics("\"interval\": \"1m\""));
        _providers.Query = (_, _) => throw new InvalidOperationException("broken");
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.AnswerAsync();
        Assert.Equal((AnalysisPhase.Running, "broken"), (Status.Phase, Status.Result("rate")?.LastMeasurement?.Message));
        _providers.Query = (_, _) => FakeProviders.Answer(1);
        await NextAsync(harness, TimeSpan.FromSeconds(10));
        Assert.Equal((1, 0), (Status.Result("rate")?.Count, Status.Result("rate")?.ConsecutiveError));
    }

    [Fact]
    public async Task Secret_is_read_at_each_measurement_and_is_nowhere_in_the_run()
    {
        var secret = new SecretReference("prom", "token");
        _store.Put(Key, """
            {"metrics": [{"name": "rate", "interval": "1m", "provider": {"prometheus": {"query": "up{t=\"{{args.token}}\"}", "headers": [{"key": "Authorization", "value": "Bearer {{args.token}}"}]} } }],
             "args": [{"name": "token", "valueFrom": {"secretKeyRef": {"name": "prom", "key": "token"} } }]}
            """);
        _providers.Query = (spec, _) => ValueTask.FromResult<ProviderAnswer>(new ProviderAnswer.Failed($"401 for {spec.Connection.Headers[0].Value}"));
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.AnswerAsync();
        Assert.Equal("Unable to resolve metric arguments: Secret 'prom' with key 'token' not found in namespace 'shop'", Status.Result("rate")?.LastMeasurement?.Message);
        _store.Secrets[secret] = "hush-hush";
        await NextAsync(harness, TimeSpan.FromSeconds(10));
        Assert.Equal("401 for Bearer *****", Status.Result("rate")?.LastMeasurement?.Message);
        Assert.Equal("Bearer hush-hush", Assert.Single(_providers.Queries).Spec.Connection.Headers[0].Value);
        Assert.DoesNotContain("hush-hush", _store.Json(Key).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("up{t=\"*****\"}", Status.Result("rate")?.Metadata["ResolvedPrometheusQuery"]);
    }

    [Fact]
    public async Task Invalid_run_ends_without_being_measured()
    {
        _store.Put(Key, Metrics("\"count\": 2"));
        await using var harness = await StartAsync();
        Assert.IsType<PassOutcome.Settled>(await harness.PassAsync());
        Assert.Equal(AnalysisPhase.Error, Status.Phase);
        Assert.NotNull(Status.CompletedAt);
        Assert.Equal([(EventType.Warning, "AnalysisRunError", "Analysis completed. Result: Error")], _surroundings.Events);
        await harness.PassAsync();
        Assert.Equal(1, _store.Writes);
    }

    [Fact]
    public async Task Ended_run_is_deleted_after_its_time_to_live()
    {
        _store.Put(Key, Metrics("", ", \"ttlStrategy\": {\"secondsAfterCompletion\": 60}"));
        await using var harness = await StartAsync();
        await harness.PassAsync();
        var outcome = await harness.AnswerAsync();
        Assert.Equal(new PassOutcome.LookAgain(DecisionClock.Real(Start.AddMinutes(1))), outcome);
        _time.Advance(TimeSpan.FromMinutes(1));
        await harness.PassAsync();
        Assert.Equal([Key], _store.Deleted);
    }

    [Fact]
    public async Task Run_of_another_controller_is_left_alone()
    {
        _store.Put(Key, Metrics(""));
        _surroundings.Ours = false;
        await using var harness = await StartAsync();
        Assert.IsType<PassOutcome.Settled>(await harness.PassAsync());
        (_surroundings.Ours, _surroundings.Foreign) = (true, new ForeignHolder("argo", "lease"));
        Assert.IsType<PassOutcome.LookAgain>(await harness.PassAsync());
        Assert.Equal(0, _store.Writes);
    }

    [Fact]
    public async Task Run_that_comes_again_under_the_same_name_gets_none_of_the_old_answers()
    {
        _store.Put(Key, Metrics("\"interval\": \"1m\""));
        await using var harness = await StartAsync();
        await harness.PassAsync();
        await harness.TurnAsync();
        _store.Uid = "uid-2";
        _store.Put(Key, Metrics("\"interval\": \"1m\""));
        await harness.PassAsync();
        Assert.Null(Status.Result("rate"));
        await harness.AnswerAsync();
        Assert.Equal(1, Status.Result("rate")?.Count);
        _store.Remove(Key);
        Assert.IsType<PassOutcome.Settled>(await harness.PassAsync());
    }

    private static string Metrics(string more, string spec = "") =>
        $$$"""{"metrics": [{"name": "rate", "successCondition": "result[0] >= 1", "provider": {"prometheus": {"query": "up"} }{{{(more.Length > 0 ? ", " : "") + more}}} }]{{{spec}}} }""";

    private Task<RunHarness> StartAsync() => RunHarness.StartAsync(_store, _providers, _time, _surroundings);

    private async Task NextAsync(RunHarness harness, TimeSpan time)
    {
        _time.Advance(time);
        await harness.AnswerAsync();
    }
}
