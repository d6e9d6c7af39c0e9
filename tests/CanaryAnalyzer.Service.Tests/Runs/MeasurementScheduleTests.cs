using CanaryAnalyzer.Metrics.Prometheus;
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

    private IReadOnlyList<DateTimeOffset> Asked => [.. _providers.Queries.Select(query => ((QueryTime.Instant)query.Time).Time)];

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

    private async Task<RunHarness> StartAsync()
    {
        if (_providers.Queries.Count == 0)
            _store.Put(Key, """{"metrics": [{"name": "rate", "interval": "10s", "successCondition": "result[0] >= 1", "provider": {"prometheus": {"query": "up"}}}]}""");
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
