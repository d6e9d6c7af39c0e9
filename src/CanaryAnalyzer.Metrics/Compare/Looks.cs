using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Explaining;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.Prometheus;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Takes the looks that are due, in the order of the grid.</summary>
internal sealed class Looks(ComparePlan plan, CompareProgress progress, SeriesFetch fetch, TimeProvider time)
{
    /// <summary>How long one call may take: a slow Prometheus makes a look late, not the measurement an error.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>How many looks one call takes at most; the next call goes on.</summary>
    public const int MostPerCall = 20;

    /// <summary>The code of a stable side without two halves to compare.</summary>
    public const string OneStablePod = "OneStablePod";

    private readonly SideFinder _sides = new(plan, progress, fetch);

    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await TakeDueAsync(either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Fail(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the queries of look {progress.Memory.Next} were not answered within {Limit.TotalSeconds:0} s"));
        }
    }

    private async Task TakeDueAsync(CancellationToken cancellationToken)
    {
        for (var taken = 0; taken < MostPerCall && !progress.Ended; taken++)
        {
            if (plan.DueAt(progress.Memory.Next, progress.Memory.Scrape) > plan.Request.Now) return;
            if (!await TakeOneAsync(cancellationToken)) return;
        }
    }

    private async Task<bool> TakeOneAsync(CancellationToken cancellationToken)
    {
        var number = progress.Memory.Next;
        var at = plan.At(number);
        var sides = new Sides[plan.Spec.Measures.Length];
        var series = new MeasureSeries[sides.Length];
        for (var i = 0; i < sides.Length; i++)
        {
            var found = await _sides.FindAsync(i, at, cancellationToken);
            if (found.Cause is not null) return Fail(found.Cause);
            sides[i] = found.Value;
        }

        progress.Queries = [.. plan.Spec.Measures.SelectMany((measure, i) => MeasureQueries.Describe(measure, sides[i])).Distinct(StringComparer.Ordinal)];
        if (progress.Judge is null && await new PastLooks(plan, progress, fetch).StartAsync(at, sides, cancellationToken) is { } cause) return Fail(cause);
        for (var i = 0; i < sides.Length; i++)
        {
            var fetched = await ReadAsync(i, sides[i], at, Windows.Back(progress.Memory), cancellationToken);
            if (fetched.Kind == ReplyFailure.TooLarge) fetched = await ReadAsync(i, sides[i], at, Windows.ShortBack(plan, progress.Memory), cancellationToken);
            if (fetched.Cause is not null) return Fail(fetched.Cause);
            series[i] = fetched.Value;
        }

        progress.Memory = progress.Memory with { Scrape = plan.Spec.ScrapeInterval is { } set ? (long)set.TotalMilliseconds : series.Max(one => one.ScrapeInterval()) ?? progress.Memory.Scrape };
        if (plan.DueAt(number, progress.Memory.Scrape) > plan.Request.Now) return false;
        await JudgeAsync(number, sides, series, cancellationToken);
        return true;
    }

    private async Task<Fetched<MeasureSeries>> ReadAsync(int measure, Sides sides, DateTimeOffset at, TimeSpan back, CancellationToken cancellationToken)
    {
        var memory = new SightMemory(progress.Memory.Next, progress.Memory.SightOf(measure));
        var window = Windows.OfLook(plan, progress.Memory, measure, at, back);
        var read = await fetch.BothAsync(plan.Spec.Measures[measure], sides, at, window, plan.ExpectedShare(plan.Spec.Measures[measure]), memory, cancellationToken);
        progress.Memory = progress.Memory.WithSight(measure, memory.Known);
        return read;
    }

    private async Task JudgeAsync(int number, Sides[] sides, MeasureSeries[] series, CancellationToken cancellationToken)
    {
        var at = plan.At(number);
        var counted = new CountedLook[series.Length];
        progress.Notes.Clear();
        progress.Flags.Clear();
        for (var i = 0; i < series.Length; i++)
        {
            counted[i] = LookCounting.Count(series[i], Windows.Of(plan, progress.Memory, i, at));
            if (HasHalves(i)) progress.Memory = progress.Memory.WithHalves(counted[i].Intervals);
            _sides.Remember(i, sides[i], series[i]);
            if (counted[i].Flaw != CountingFlaw.NoSeries) _sides.Forget(i);
            var text = counted[i].Flaw == CountingFlaw.NoSeries ? await _sides.ExplainAsync(i, sides[i], counted[i].Detail, at, cancellationToken) : FlawText.Of(counted[i]);
            if (text.Length > 0) Flag(i, FlawText.Code(counted[i].Flaw), text);
            if (series[i].Remark.Length > 0) Flag(i, FlawText.NoErrorSeries, series[i].Remark);
            if (counted[i].Remark.Length > 0) Flag(i, FlawText.Code(CountingFlaw.ErrorsElsewhere), counted[i].Remark);
            if (counted[i].Intervals is [.., var newest] && progress.Judge!.MissingBounds(i, newest.Counts) is { IsEmpty: false } missing) Flag(i, FlawText.OtherBuckets, FlawText.Lacking(missing, newest.Counts.BucketBounds, plan.Options.Measures[i].Unit));
            if (plan.Spec.Measures[i] is MeasureSpec.Traffic measure && plan.ExpectedShare(measure) is null) Flag(i, "NoExpectedShare", "the canary's weight is not known here; write traffic.share");
        }

        progress.Memory = progress.Memory with { Next = number + 1, Accepted = [.. counted.Select(look => look.Accepted)] };
        if (number == 0) return;
        progress.Memory = (progress.Memory with { Pods = PodFigures.Add(progress.Memory.Pods, counted) }).WithSlow(counted.Select(SlowFrom));

        foreach (var end in counted.SelectMany(look => look.Intervals).Select(interval => interval.To).Append(at.ToUnixTimeMilliseconds()).Distinct().Order())
        {
            var measures = counted.Select(look => look.Intervals.FirstOrDefault(interval => interval.To == end)?.Counts).ToImmutableArray();
            var elapsed = DateTimeOffset.FromUnixTimeMilliseconds(end) - plan.StartedAt;
            if (plan.Options.MaxDuration is { } most && elapsed >= most && IsJustLate(counted, at)) elapsed = most - TimeSpan.FromTicks(1);
            Judge(new LookInput(number, elapsed, measures) { Absences = [.. counted.Select(look => Absence(look.Flaw))] });
            if (progress.Ended) return;
        }
    }

    /// <summary>
    /// Whether a look has no samples only because they come a moment after it, as happens where the looks are as far apart as the samples: then the next look is the
    /// last, so that no run ends undecided for a scrape that was late.
    /// </summary>
    private bool IsJustLate(CountedLook[] counted, DateTimeOffset at) =>
        counted.Any(look => look.Flaw == CountingFlaw.NotFresh)
        && counted.All(look => look.Flaw is CountingFlaw.None or CountingFlaw.NotFresh && look.Accepted is { } from && at.ToUnixTimeMilliseconds() - from <= plan.Spec.Interval.TotalMilliseconds);

    private bool HasHalves(int measure) => plan.Spec.Measures[measure] is MeasureSpec.ErrorRate or MeasureSpec.Latency;

    private static double? SlowFrom(CountedLook look) =>
        look.Intervals.Select(interval => interval.Counts).MaxBy(counts => counts.StableA.Requests + counts.StableB.Requests) is { } counts ? SlowBound.Of([counts.StableA, counts.StableB], counts.BucketBounds) : null;

    private static DataAbsence Absence(CountingFlaw flaw) => flaw switch
    {
        CountingFlaw.NoSeries => DataAbsence.MissingSeries,
        CountingFlaw.NotFresh => DataAbsence.Stale,
        _ => DataAbsence.None,
    };

    private void Judge(LookInput input)
    {
        var result = SequentialJudge.Look(progress.Judge!, input, plan.Options);
        result = result with { Report = result.Report with { Late = plan.LateBy(input.Number, progress.Memory.Scrape) } };
        progress.Judge = result.State;
        progress.Last = result;
        progress.Flags.RemoveAll(flag => string.Equals(flag.Code, OneStablePod, StringComparison.Ordinal));
        foreach (var measure in result.Report.Measures.Where(measure => measure is { LacksHalves: true, Kind: MeasureKind.ErrorRate or MeasureKind.Latency } && !HasErrorsElsewhere(measure.Name)))
            progress.Flags.Add(new DataFlag(measure.Name, OneStablePod, "stable has a single pod, or one with more than nine tenths of the requests: how noisy the counts are is read from how its intervals differ"));
        progress.Memory = progress.Memory with { Reason = result.Report.Reason, Without = [.. Enumerable.Range(0, result.Report.Measures.Length).Where(i => !result.Report.Measures[i].HasData)] };
        progress.Ended = result.Verdict switch
        {
            JudgeVerdict.Rollback => true,
            JudgeVerdict.Promote => !plan.EndsOnlyByHarm,
            JudgeVerdict.Inconclusive => !plan.LooksOn,
            _ => false,
        };
    }

    // Then the halves are those of the pods that count errors, and say nothing about the others.
    private bool HasErrorsElsewhere(string measure) => progress.Flags.Exists(flag => string.Equals(flag.Code, FlawText.Code(CountingFlaw.ErrorsElsewhere), StringComparison.Ordinal) && string.Equals(flag.Measure, measure, StringComparison.Ordinal));

    private void Flag(int measure, string code, string text)
    {
        var name = plan.Spec.Measures[measure].Name;
        progress.Flags.Add(new DataFlag(name, code, text));
        progress.Notes.Add($"{name}: {text}");
    }

    private bool Fail(string cause)
    {
        progress.Failure = cause;
        return false;
    }
}
