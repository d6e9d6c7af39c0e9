using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Explaining;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.Prometheus;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Reads what the stable side did before the first look: its noise without any change.</summary>
internal sealed class PastLooks(ComparePlan plan, CompareProgress progress, SeriesFetch fetch)
{
    private const int Halvings = 3;
    private const int MostValues = 500;

    /// <summary>Gives the judge its first state.</summary>
    /// <returns>Why it can't be read now, though it may be soon; null where the judge has its state.</returns>
    public async Task<string?> StartAsync(DateTimeOffset at, Sides[] sides, CancellationToken cancellationToken)
    {
        var past = ImmutableArray.CreateBuilder<MeasureHistory>(sides.Length);
        for (var i = 0; i < sides.Length; i++)
        {
            var read = await ReadAsync(i, at, sides[i], cancellationToken);
            if (read.Cause is not null) return read.Cause;
            past.Add(read.Value);
        }

        var history = past.MoveToImmutable();
        progress.Memory = progress.Memory.WithSlow(history.Select(one => SlowBound.Of(one.Intervals.SelectMany(interval => new[] { interval.StableA, interval.StableB }), one.BucketBounds)));
        progress.Judge = plan.Request.Continues is { } before ? StartAfter(history, before) : JudgeState.Start(plan.Options, history);
        return null;
    }

    /// <summary>The evidence of harm of the run before goes on: one release has one budget of false alarms.</summary>
    private JudgeState StartAfter(ImmutableArray<MeasureHistory> history, string before)
    {
        var isRead = CompareMemory.TryReadJudge(before, out var carried);
        var judge = JudgeState.StartAfter(plan.Options, history, carried, out var note);
        if (!isRead) note = "the evidence begins anew: what the run before remembered can't be read";
        if (note.Length > 0) progress.Anew = note;
        return judge;
    }

    private async Task<Fetched<MeasureHistory>> ReadAsync(int measure, DateTimeOffset at, Sides sides, CancellationToken cancellationToken)
    {
        var intervals = (int)Math.Floor(plan.Spec.History / plan.Spec.Interval);
        if (plan.Spec.Measures[measure] is MeasureSpec.Limit or MeasureSpec.Traffic) return new Fetched<MeasureHistory>(MeasureHistory.Empty, null, default);
        if (plan.Spec.Measures[measure] is MeasureSpec.Series series) return await ReadValuesAsync(series, at, sides, intervals, cancellationToken);
        for (var halved = 0; halved <= Halvings && intervals > 0; halved++, intervals /= 2)
        {
            var window = (intervals * plan.Spec.Interval) + Windows.Back(progress.Memory);
            var read = await fetch.StableAsync(plan.Spec.Measures[measure], sides, at, window, cancellationToken);
            if (read.Cause is null) return new Fetched<MeasureHistory>(Count(read.Value, measure, at, intervals), null, default);
            if (read.Kind == ReplyFailure.Passing) return read.Then(_ => MeasureHistory.Empty);
        }

        // Larger than what may be asked for, however short: judged without, which the judge takes as noisier than usual.
        return new Fetched<MeasureHistory>(MeasureHistory.Empty, null, default);
    }

    /// <summary>A query's noise has a memory of its own: it takes more looks to know it than errors do, and costs less to read.</summary>
    private async Task<Fetched<MeasureHistory>> ReadValuesAsync(MeasureSpec.Series series, DateTimeOffset at, Sides sides, int intervals, CancellationToken cancellationToken)
    {
        if (intervals == 0) return new Fetched<MeasureHistory>(MeasureHistory.Empty, null, default);
        intervals = Math.Clamp(intervals, ValueCounting.LeastPast + 4, MostValues);
        var read = await fetch.StableAsync(series, sides, at, intervals * plan.Spec.Interval, cancellationToken);
        if (read.Cause is not null && read.Kind != ReplyFailure.Passing) return new Fetched<MeasureHistory>(MeasureHistory.Empty, null, default);
        return read.Then(values => MeasureHistory.Empty with { Pods = ValueCounting.Past(values.Stable, at.ToUnixTimeMilliseconds(), (long)plan.Spec.Interval.TotalMilliseconds, intervals) });
    }

    private MeasureHistory Count(MeasureSeries series, int measure, DateTimeOffset at, int intervals)
    {
        if (plan.Spec.ScrapeInterval is null) progress.Memory = progress.Memory with { Scrape = series.ScrapeInterval() ?? progress.Memory.Scrape };
        var past = LookCounting.CountPast(series, Windows.Of(plan, progress.Memory, measure, at), intervals);
        progress.Memory = progress.Memory.WithHalves(past);
        var counts = past.Select(interval => interval.Counts).ToList();
        if (counts.Count == 0) return MeasureHistory.Empty;
        var bounds = counts[^1].BucketBounds;
        return new MeasureHistory([.. counts.Where(one => one.BucketBounds.SequenceEqual(bounds)).Select(one => new AaInterval(one.StableA, one.StableB))], bounds);
    }
}
