using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Core.Backtests.Findings;

/// <summary>Says which settings would suit a service better, each with its reason from the backtest.</summary>
public static class Recommender
{
    /// <summary>The recommendations, the most important first.</summary>
    /// <param name="report">Everything that was found out.</param>
    public static ImmutableArray<Recommendation> Recommend(BacktestReport report) =>
        [.. Risk(report).Concat(Duration(report)).Concat(Earliest(report)).Concat(Interval(report)).Concat(MinRequests(report)).Concat(report.Options.Measures.SelectMany((measure, i) => OfMeasure(report, measure, report.Measures[i])))];

    /// <summary>A duration as people write it: <c>45m</c>, <c>2h</c>, <c>90s</c>.</summary>
    public static string Short(TimeSpan duration)
    {
        var seconds = (long)Math.Ceiling(duration.TotalSeconds);
        return seconds % 3600 == 0 && seconds > 0 ? $"{seconds / 3600}h" : seconds % 60 == 0 && seconds > 0 ? $"{seconds / 60}m" : $"{seconds}s";
    }

    private static IEnumerable<Recommendation> Risk(BacktestReport report)
    {
        if (report.Aa is not { } aa || !report.IsAboveRisk) yield break;
        var stated = report.Options.FalseRollback;
        var wanted = Math.Max(1e-4, stated * stated / aa.RolledBack.Rate);
        yield return new(
            "risk.falseRollback", Percent(wanted), Percent(stated),
            $"{Percent(aa.RolledBack.Rate)} of the replays without any change were rolled back, more than the stated {Percent(stated)}: what this service does by itself is more than the judge takes for noise");
    }

    private static IEnumerable<Recommendation> Duration(BacktestReport report)
    {
        if (report.Durations.IsEmpty) yield break;
        var power = report.Options.Power;
        var most = report.Options.MaxDuration!.Value;
        bool Suffices(DurationTrial trial) => trial.Promoted.Rate >= power && (trial.Found is null || trial.Found.Rate >= power);
        var now = report.Durations[0];
        if (Suffices(now)) yield break;
        var why = $"within {Short(most)} {Percent(now.Promoted.Rate)} of the good canaries were promoted" + (now.Found is { } found ? $" and {Percent(found.Rate)} of the smallest harm was found" : "");
        if (report.Durations.FirstOrDefault(Suffices) is { } enough)
        {
            yield return new("maxDuration", Short(enough.MaxDuration), Short(most), $"{why}; within {Short(enough.MaxDuration)} it was {Percent(enough.Promoted.Rate)}{(enough.Found is { } more ? $" and {Percent(more.Rate)}" : "")}");
            yield break;
        }

        var last = report.Durations[^1];
        if (last.Promoted.Rate > now.Promoted.Rate + 0.1)
            yield return new("maxDuration", Short(last.MaxDuration), Short(most), $"{why}; within {Short(last.MaxDuration)} it was {Percent(last.Promoted.Rate)}, the best of what was tried");
        var share = Math.Min(0.5, 2 * report.CanaryShare);
        yield return new("", "", "", $"{why}, and longer pauses up to {Short(last.MaxDuration)} didn't do: give the canary more traffic, for example a weight of {Percent(share)} in place of {Percent(report.CanaryShare)}, or set acceptUndetected in the PromotionPolicy");
    }

    private static IEnumerable<Recommendation> Earliest(BacktestReport report)
    {
        var options = report.Options;
        var missed = report.Power.Where(effect => effect.Harmful && effect.Promoted.Low > options.FalsePromotion).ToList();
        if (missed.Count == 0) yield break;
        var worst = missed.MaxBy(effect => effect.Promoted.Rate)!;
        var late = report.Power.Where(effect => effect.Harmful && effect.SecondsToRollback is not null).Select(effect => effect.SecondsToRollback!.P90).DefaultIfEmpty(0).Max();
        var wanted = TimeSpan.FromMinutes(Math.Ceiling(late / 60));
        var reason = $"{worst.Effect} was promoted in {Percent(worst.Promoted.Rate)} of the replays, more than the stated {Percent(options.FalsePromotion)}";
        if (wanted > options.MinDuration && wanted < options.MaxDuration) yield return new("minDuration", Short(wanted), Short(options.MinDuration), $"{reason}; by then nine in ten of those that are found were");
        else if (options.Promote == PromoteWhen.WhenSafe) yield return new("promote", "AtEnd", "WhenSafe", $"{reason}; at the end of the pause there is more to go by");
    }

    private static IEnumerable<Recommendation> Interval(BacktestReport report)
    {
        var twice = 2 * report.ScrapeInterval;
        if (report.Options.Interval >= twice || twice > report.Options.MaxDuration) yield break;
        yield return new("interval", Short(twice), Short(report.Options.Interval), $"samples are {Short(report.ScrapeInterval)} apart, and a look needs a new sample of every pod; more frequent looks only miss some");
    }

    private static IEnumerable<Recommendation> MinRequests(BacktestReport report)
    {
        if (report.Aa?.CanaryRequests is not { } requests || requests.Median >= report.Options.MinRequests) yield break;
        var wanted = Math.Max(10, (long)(requests.Median / 2));
        yield return new("minRequests", Text(wanted), Text(report.Options.MinRequests), $"half of the windows gave the canary fewer than {Text((long)requests.Median)} requests, so that most pauses could never promote");
    }

    private static IEnumerable<Recommendation> OfMeasure(BacktestReport report, MeasureOptions measure, MeasureFigures figures)
    {
        var place = $"measures[{measure.Name}]";
        if (report.Warmups.FirstOrDefault(warmup => warmup.Measure == measure.Name) is { } warmup)
        {
            if (warmup.Seconds is { } seconds && seconds > measure.EffectiveWarmup.TotalSeconds)
                yield return new($"{place}.warmup", Short(TimeSpan.FromSeconds(seconds)), Short(measure.EffectiveWarmup), $"{Text(warmup.Starts)} pods were seen to start, and were slower than older ones up to that age");
            else if (warmup.Seconds is null)
                yield return new("", "", "", $"{measure.Name}: pods that started were slower than older ones at every age seen, which is no warm-up but a difference between pods or versions");
        }

        if (figures.PodDifference is { } difference && difference >= 0.1 && (difference >= 0.2 || report.IsAboveRisk))
        {
            var ratio = Math.Round(20 * (1 + difference)) / 20;
            if (ratio < measure.MarginRatio && ratio > measure.ToleranceRatio)
                yield return new($"{place}.tolerance.ratio", Text(ratio), Text(measure.ToleranceRatio), $"pods of one version differ for good by {Percent(difference)} (standard deviation), which is no fault of a canary that gets a bad place");
            else if (ratio >= measure.MarginRatio)
                yield return new("", "", "", $"{measure.Name}: pods of one version differ for good by {Percent(difference)}, as much as the margin: run several canary pods, or find out why");
        }

        if (measure.Kind != MeasureKind.Latency) yield break;
        foreach (var bound in figures.Bounds)
        {
            if (OfBound(report, bound) is { Length: > 0 } advice) yield return new("", "", "", $"{measure.Name}: {advice}");
        }

        if (report.Aa?.Reasons.ContainsKey(nameof(VerdictReason.BucketsTooCoarse)) == true && figures is { P50: { } p50, P99: { } p99 })
            yield return new("", "", "", $"{measure.Name}: the histogram's buckets are too coarse to show anything: add bounds between {Seconds(p50)} and {Seconds(p99)}");
        if (report.Aa?.CanaryRequests is not { } requests) yield break;
        ImmutableArray<double> kept = [.. measure.Tails.Where(tail => tail * requests.Median >= 5)];
        if (kept.Length < measure.Tails.Length && kept.Length > 0)
            yield return new($"{place}.tails", List(kept), List(measure.Tails), $"a canary had {Text((long)requests.Median)} requests in a window at the median: too few for the smaller tails to show anything, while they take their part of the evidence");
    }

    /// <summary>What to do about a bound that is asked for; empty where it is fine.</summary>
    private static string OfBound(BacktestReport report, BoundFigures bound)
    {
        if (bound is not { Bound: { } watched, Share: { } share })
            return $"{Seconds(bound.Asked)} lies above all bounds of the histogram's buckets and isn't watched: write a lower bound, or give the histogram one there";
        if (report.Aa?.CanaryRequests is { } requests && share * requests.Median < 5)
            return $"a canary had {Text(Math.Round(share * requests.Median, 1))} requests over {Seconds(watched)} in a window at the median: too few to show anything, while they take their part of the evidence";
        return Math.Abs(watched - bound.Asked) > 1e-9 * bound.Asked
            ? $"{Seconds(bound.Asked)} is no bound of the histogram's buckets, and requests over {Seconds(watched)} are watched in its place: write that, or give the histogram the bound"
            : "";
    }

    private static string List(ImmutableArray<double> tails) => "[" + string.Join(", ", tails.Select(Text)) + "]";

    private static string Percent(double share) => (100 * Round(share)).ToString("0.####", CultureInfo.InvariantCulture) + "%";

    private static string Seconds(double seconds) => seconds.ToString("0.####", CultureInfo.InvariantCulture) + " s";

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Two digits that count, three from a tenth on.</summary>
    private static double Round(double share) => share <= 0 ? 0 : Math.Round(share, share >= 0.1 ? 3 : Math.Clamp(1 - (int)Math.Floor(Math.Log10(share)), 0, 15));
}
