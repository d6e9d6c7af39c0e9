using System.Collections.Immutable;
using System.Net;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Service.Jobs;
using CanaryAnalyzer.Service.Loop;
using Microsoft.Extensions.Time.Testing;
using static CanaryAnalyzer.Service.Tests.Runs.RunHarness;

namespace CanaryAnalyzer.Service.Tests.Runs;

/// <summary>Measurements while the API server takes its time for statuses: no reconcile comes to its end between two of them.</summary>
public sealed class MeasurementsAheadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly DateTimeOffset Begin = DecisionClock.Real(Start).AddSeconds(0.3);

    private readonly FakeRunStore _store = new();
    private readonly FakeProviders _providers = new();
    private readonly FakeSurroundings _surroundings = new();
    private readonly FakeTimeProvider _time = new(Begin);
    private readonly SemaphoreSlim _asked = new(0);
    private int _measured;

    public MeasurementsAheadTests() => _providers.Query = (_, _) =>
    {
        _asked.Release();
        return FakeProviders.Answer(1);
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<DateTimeOffset> Asked => _providers.Queries.Select(query => query.At);

    public void Dispose() => _asked.Dispose();

    [Fact]
    public async Task Measurements_keep_their_times_and_one_status_takes_them_all_in()
    {
        await using var harness = await StartAsync(Metric("rate"));
        await MeasureAsync(harness, 4);
        Assert.Equal(1, _store.Writes);

        await harness.PassAsync();
        Assert.Equal((2, 4), (_store.Writes, _store.Status(Key).Result("rate")?.Count));
        await MeasureAsync(harness, 1);
        await harness.PassAsync();

        Assert.Equal((3, 5), (_store.Writes, _store.Status(Key).Result("rate")?.Count));
        Assert.Equal(Enumerable.Range(0, 5).Select(k => Begin + (k * Interval)), Asked);
        Assert.Equal(Enumerable.Range(0, 5).Select(k => Start.AddSeconds(1) + (k * Interval)), _store.Status(Key).Result("rate")!.Measurements.Select(one => one.StartedAt));
    }

    [Fact]
    public async Task Measurement_after_the_last_one_that_is_needed_is_not_made()
    {
        await using var harness = await StartAsync(Metric("rate", ", \"count\": 2"));
        await MeasureAsync(harness, 2);
        _time.Advance(3 * Interval);
        await harness.PassAsync();

        Assert.Equal((AnalysisPhase.Successful, 2), (_store.Status(Key).Phase, _providers.Queries.Count));
    }

    [Fact]
    public async Task Status_that_met_a_conflict_takes_in_what_was_measured_meanwhile()
    {
        await using var harness = await StartAsync(Metric("rate"));
        await MeasureAsync(harness, 1);
        _store.BeforeWrite = () => throw new ResourceException(HttpStatusCode.Conflict, "Conflict", "the object has been modified");
        await Assert.ThrowsAsync<ResourceException>(harness.PassAsync);
        await MeasureAsync(harness, 2);
        _store.BeforeWrite = null;
        await harness.PassAsync();

        Assert.Equal((2, 3), (_store.Writes, _store.Status(Key).Result("rate")?.Count));
    }

    [Fact]
    public async Task Measurements_wait_where_no_status_takes_them_in_for_long()
    {
        await using var harness = await StartAsync(Metric("rate"));
        await MeasureAsync(harness, OpenQuestions.MaxWaiting);
        _time.Advance(5 * Interval);
        await harness.PassAsync();
        Assert.Equal(OpenQuestions.MaxWaiting, _store.Status(Key).Result("rate")?.Count);

        Assert.True(await _asked.WaitAsync(Patience, Token));
        await harness.AnswerAsync();
        Assert.Equal((OpenQuestions.MaxWaiting + 1, OpenQuestions.MaxWaiting + 1), (_providers.Queries.Count, _store.Status(Key).Result("rate")?.Count));
    }

    [Fact]
    public async Task Looks_of_a_comparison_continue_from_the_look_that_no_status_contains_yet()
    {
        _providers.Compare = request =>
        {
            _asked.Release();
            return new Measurement
            {
                Phase = AnalysisPhase.Running,
                StartedAt = request.Now,
                ResumeAt = request.Now + Interval - TimeSpan.FromSeconds(0.5),
                Metadata = ImmutableSortedDictionary<string, string>.Empty.Add(MetadataKeys.State, $"{_providers.Requests.Count}"),
            };
        };
        await using var harness = await StartAsync("""
            {"name": "compare", "provider": {"plugin": {"canaryanalyzer/compare": {"measures": [
              {"name": "errors", "errorRate": {"requests": "http_requests_total", "errors": "http_requests_total{code=~\"5..\"}"}}]}}}}
            """, ", \"args\": [{\"name\": \"canary-pods\", \"value\": \"a.*\"}, {\"name\": \"stable-pods\", \"value\": \"b.*\"}]");
        _time.Advance(DecisionClock.Delay);
        await MeasureAsync(harness, 4);
        // So late that a look that began now could not be resumed when this one is.
        _time.Advance(Interval - TimeSpan.FromSeconds(0.5));
        await harness.PassAsync();

        Assert.Equal([null, "1", "2", "3"], _providers.Requests.Take(4).Select(request => request.Previous?.Metadata[MetadataKeys.State]));
        Assert.Equal("4", _store.Status(Key).Result("compare")?.LastMeasurement?.Metadata[MetadataKeys.State]);
        Assert.Equal(2, _store.Writes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_more_is_measured_for_a_run_that_another_controller_runs(bool hasLease)
    {
        await using var harness = await StartAsync(Metric("rate"));
        await MeasureAsync(harness, 1);
        _surroundings.Foreign = hasLease ? new ForeignHolder("argo", "argo-rollouts-controller-lock") : null;
        _surroundings.Ours = hasLease;
        await harness.PassAsync();
        _time.Advance(3 * Interval);
        (_surroundings.Foreign, _surroundings.Ours) = (null, true);
        await harness.PassAsync();
        Assert.True(await _asked.WaitAsync(Patience, Token));

        Assert.Equal([Begin, Begin + (3 * Interval)], Asked);
    }

    [Fact]
    public async Task Nothing_more_is_measured_once_this_replica_leads_no_longer_and_then_again_when_it_does()
    {
        await using var harness = await StartAsync(Metric("rate"));
        await MeasureAsync(harness, 2);
        Assert.Equal([Key], await harness.Reconciler.StopAsync());
        _time.Advance(2.5 * Interval);
        await harness.PassAsync();
        Assert.True(await _asked.WaitAsync(Patience, Token));
        await harness.AnswerAsync();

        // What was answered and never written is measured by whoever leads; it doesn't count here as well.
        Assert.Equal([Begin, Begin + Interval, Begin + (3.5 * Interval)], Asked);
        Assert.Equal(1, _store.Status(Key).Result("rate")?.Count);
    }

    private static string Metric(string name, string more = "") =>
        $$$$"""{"name": "{{{{name}}}}", "interval": "10s", "successCondition": "result[0] >= 1", "provider": {"prometheus": {"query": "{{{{name}}}}"}}{{{{more}}}}}""";

    private async Task<RunHarness> StartAsync(string metric, string more = "")
    {
        _store.Put(Key, $$"""{"metrics": [{{metric}}]{{more}}}""");
        var harness = await RunHarness.StartAsync(_store, _providers, _time, _surroundings);
        await harness.PassAsync();
        return harness;
    }

    /// <summary>Waits for measurements, an interval apart, and their answers; no reconcile takes them in.</summary>
    private async Task MeasureAsync(RunHarness harness, int count)
    {
        for (var k = 0; k < count; k++)
        {
            if (_measured++ > 0) _time.Advance(Interval);
            Assert.True(await _asked.WaitAsync(Patience, Token), $"measurement {k + 1} was not made");
            await harness.TurnAsync();
        }
    }
}
