using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Service.Jobs;
using CanaryAnalyzer.Service.Loop;
using Microsoft.Extensions.Time.Testing;
using static CanaryAnalyzer.Service.Tests.Runs.RunHarness;

namespace CanaryAnalyzer.Service.Tests.Runs;

/// <summary>The schedule of measurements through the real scheduler, jobs and passes, on a clock of the test.</summary>
public sealed class MeasurementScheduleTests
{
    private const int Intervals = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Answering = TimeSpan.FromSeconds(0.4);
    private static readonly DateTimeOffset Begin = DecisionClock.Real(Start).AddSeconds(0.3);

    private readonly FakeRunStore _store = new();
    private readonly FakeProviders _providers = new();
    private readonly FakeTimeProvider _time = new(Begin);

    private IReadOnlyList<DateTimeOffset> Asked => [.. _providers.Queries.Select(query => query.At)];

    [Fact]
    public async Task Measurements_do_not_drift_over_a_hundred_intervals()
    {
        await using (var harness = await StartAsync())
        {
            await TakeAsync(harness, Enumerable.Range(0, Intervals + 1).Select(k => Begin + (k * Interval)));
        }

        Assert.Equal(Enumerable.Range(0, Intervals + 1).Select(k => Begin + (k * Interval)), Asked);
    }

    [Fact]
    public async Task Measurements_keep_their_grid_through_a_restart()
    {
        // When in its second the run began is forgotten: from the restart on its providers are asked at the second's end, never sooner.
        var late = DecisionClock.Delay - TimeSpan.FromSeconds(0.3);
        var expected = Enumerable.Range(0, Intervals + 1).Select(k => Begin + (k * Interval) + (k < Intervals / 2 ? TimeSpan.Zero : late)).ToList();
        await using (var first = await StartAsync())
        {
            await TakeAsync(first, expected.Take(Intervals / 2));
        }

        await using (var second = await StartAsync())
        {
            await TakeAsync(second, expected.Skip(Intervals / 2));
        }

        Assert.Equal(expected, Asked);
        var kept = _store.Status(Key).Result("rate")!.Measurements;
        Assert.Equal(Enumerable.Range(Intervals - 9, 10).Select(k => Start.AddSeconds(1) + (k * Interval)), kept.Select(one => one.StartedAt));
        Assert.All(kept, one => Assert.Null(one.ResumeAt));
    }

    [Fact]
    public async Task Controller_that_was_away_asks_once_and_goes_back_to_the_grid()
    {
        await using (var first = await StartAsync())
        {
            await TakeAsync(first, [Begin]);
        }

        var back = Begin + (4.3 * Interval);
        _time.Advance(back - _time.GetUtcNow());
        var second = DecisionClock.Delay - TimeSpan.FromSeconds(0.3);
        await using (var harness = await StartAsync())
        {
            await TakeAsync(harness, [back, Begin + (5 * Interval) + second, Begin + (6 * Interval) + second]);
        }

        Assert.Equal([Begin, back, Begin + (5 * Interval) + second, Begin + (6 * Interval) + second], Asked);
    }

    [Fact]
    public async Task Answers_of_one_instant_share_a_pass_and_a_write()
    {
        _store.Put(Key, $$"""{"metrics": [{{Metric("a")}}, {{Metric("b")}}, {{Metric("c")}}]}""");
        await using var harness = await RunHarness.StartAsync(_store, _providers, _time);
        await harness.PassAsync();
        for (var k = 0; k < 5; k++)
        {
            await harness.AnswerAsync();
            Assert.Equal((3 * (k + 1), k + 2), (_providers.Queries.Count, _store.Writes));
            Assert.False(harness.HasTurn);
            _time.Advance(Interval);
        }
    }

    [Fact]
    public async Task Slow_provider_holds_up_no_other_metric()
    {
        _store.Put(Key, $$"""{"metrics": [{{Metric("a")}}, {{Metric("b")}}]}""");
        var slow = new TaskCompletionSource<ProviderAnswer>();
        using var asked = new SemaphoreSlim(0);
        _providers.Query = (spec, _) =>
        {
            asked.Release();
            return spec.Query == "b" ? new ValueTask<ProviderAnswer>(slow.Task) : FakeProviders.Answer(1);
        };
        await using var harness = await RunHarness.StartAsync(_store, _providers, _time);
        await harness.PassAsync();
        await asked.WaitAsync(TestContext.Current.CancellationToken);
        await asked.WaitAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(1));
        await harness.AnswerAsync();
        Assert.Equal(1, _store.Status(Key).Result("a")?.Count);
        for (var k = 1; k <= 3; k++)
        {
            _time.Advance(Interval);
            await asked.WaitAsync(TestContext.Current.CancellationToken);
            await harness.AnswerAsync();
            Assert.Equal((k + 1, null), (_store.Status(Key).Result("a")?.Count, _store.Status(Key).Result("b")));
        }

        slow.SetResult(new ProviderAnswer.Answered(new Metrics.MetricValue.Numbers([1])));
        await harness.AnswerAsync();
        Assert.Equal(1, _store.Status(Key).Result("b")?.Count);
    }

    [Fact]
    public async Task Backend_that_hangs_holds_up_no_other_backend()
    {
        const string Hangs = "http://hangs:9090";
        var metrics = Enumerable.Range(0, ProviderTurns.AtOnce + 20).Select(i => Metric($"a{i}").Replace("\"query\"", $"\"address\": \"{Hangs}\", \"query\"", StringComparison.Ordinal));
        _store.Put(Key, $$"""{"metrics": [{{string.Join(", ", metrics)}}, {{Metric("b")}}]}""");
        using var asked = new SemaphoreSlim(0);
        var hanging = new TaskCompletionSource<ProviderAnswer>();
        _providers.Query = (spec, _) =>
        {
            if (spec.Connection.Address is null) return FakeProviders.Answer(1);
            asked.Release();
            return new ValueTask<ProviderAnswer>(hanging.Task);
        };
        await using var harness = await RunHarness.StartAsync(_store, _providers, _time);
        await harness.PassAsync();
        for (var i = 0; i < ProviderTurns.AtOnce; i++) Assert.True(await asked.WaitAsync(Patience, TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromSeconds(1));
        await harness.AnswerAsync();
        Assert.Equal(1, _store.Status(Key).Result("b")?.Count);
        Assert.Equal(ProviderTurns.AtOnce + 1, _providers.Queries.Count);

        hanging.SetResult(new ProviderAnswer.Answered(new Metrics.MetricValue.Numbers([1])));
        for (var i = 0; i < 20; i++) Assert.True(await asked.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    private static string Metric(string name) =>
        $$$$"""{"name": "{{{{name}}}}", "interval": "10s", "successCondition": "result[0] >= 1", "provider": {"prometheus": {"query": "{{{{name}}}}"}}}""";

    private async Task<RunHarness> StartAsync()
    {
        if (_providers.Queries.Count == 0)
            _store.Put(Key, $$"""{"metrics": [{{Metric("rate")}}]}""");
        return await RunHarness.StartAsync(_store, _providers, _time);
    }

    /// <summary>Takes a measurement at each of the instants; none comes where the provider isn't asked then.</summary>
    private async Task TakeAsync(RunHarness harness, IEnumerable<DateTimeOffset> instants)
    {
        using var asked = new SemaphoreSlim(0);
        _providers.Query = async (_, token) =>
        {
            var answering = Task.Delay(Answering, _time, token);
            asked.Release();
            await answering;
            return await FakeProviders.Answer(1);
        };
        await harness.PassAsync();
        foreach (var instant in instants)
        {
            if (instant > _time.GetUtcNow()) _time.Advance(instant - _time.GetUtcNow());
            Assert.True(await asked.WaitAsync(Patience, TestContext.Current.CancellationToken), $"not asked at {instant:O}, nor before");
            _time.Advance(Answering);
            await harness.AnswerAsync();
        }
    }
}
