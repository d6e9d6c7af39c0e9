using System.Collections.Immutable;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Findings;
using CanaryAnalyzer.Core.Backtests.Histories;
using CanaryAnalyzer.Core.Backtests.Injections;
using CanaryAnalyzer.Core.Backtests.Replays;
using CanaryAnalyzer.Core.Backtests.Results;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.History;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>A backtest from the first question to Prometheus to the report.</summary>
internal static class Backtest
{
    private const int TimelinePoints = 360;

    /// <summary>How long after its start a pod says nothing about how it differs from others.</summary>
    private static readonly TimeSpan Warm = TimeSpan.FromMinutes(20);

    /// <exception cref="CliException">There is nothing that could be replayed.</exception>
    public static async Task<BacktestReport> RunAsync(IHistoryReader reader, TemplateFile template, BacktestSelectors what, BacktestOptions options, IBacktestProgress progress, CancellationToken cancellationToken)
    {
        var judge = CompareJudging.Options(what.Spec, template.Comparisons, what.Spec.MaxDuration, isLastPause: false);
        var history = await new HistoryLoading(reader, what, options, progress).LoadAsync(cancellationToken);
        foreach (var (measure, counts) in what.Spec.Measures.Zip(history.Measures))
        {
            // A backtest compares pods: errors that can't be told pod by pod would all be 0.
            if (counts.Flaws.FirstOrDefault(flaw => flaw.Flaw == CountingFlaw.ErrorsElsewhere) is { Times: > 0, Detail: var pod })
                throw new CliException($"{measure.Name}: errors are counted on {(pod.Length == 0 ? "no pod or instance" : pod)}, where no requests are, and a backtest needs both on the same pods: select errors and requests that are counted in one place");
        }

        if (!history.Tracks.Any())
            throw new CliException($"there are series, but nothing in them could be counted: {Flaws(history).DefaultIfEmpty("no pod has two samples").First()}");
        var past = (int)(what.Spec.History / what.Spec.Interval);
        var run = new BacktestRun(history, judge, past, options, progress, cancellationToken);
        ImmutableArray<TypicalCounts> typical = [.. history.Measures.Select(measure => TypicalCounts.Of(measure, history.FirstCounted, history.LastCounted))];
        var aa = run.ReplayAa();
        ImmutableArray<ReleaseResult> releases = [.. ReleaseFinder.Find(history, judge, past)];
        var noAa = aa.Count == 0 ? NoAa(history, run.Plan, judge, past) : "";
        if (aa.Count == 0 && releases.IsEmpty) throw new CliException(noAa);
        var summary = aa.Count > 0 ? AaSummary.Of(aa) : null;
        var power = run.ReplayHarm(typical);
        var report = new BacktestReport
        {
            Metric = template.Metric,
            Selectors = [.. what.All.Select(selector => selector.ToString()).Distinct(StringComparer.Ordinal)],
            From = options.From,
            To = options.To,
            FirstCounted = history.Grid.TimeAt(history.FirstCounted),
            LastCounted = history.Grid.TimeAt(history.LastCounted - 1),
            ScrapeInterval = TimeSpan.FromMilliseconds(history.Grid.Scrape),
            Seed = options.Seed,
            CanaryShare = options.Share,
            Options = judge,
            Measures = [.. judge.Measures.Select((measure, i) => Figures(measure, history.Measures[i], typical[i], (int)(Warm / judge.Interval), Spread.Of(aa.Select(result => result.Replay.Dispersion[i]))))],
            Gaps = HistoryFindings.Gaps(history),
            RequestsALook = HistoryFindings.RequestsALook(history),
            Aa = summary,
            NoAa = noAa,
            AaHalves = Of(aa, SplitKind.Halves),
            AaCanarySized = Of(aa, SplitKind.CanarySized),
            Evidence = aa.Count > 0 ? EvidenceFan.Of(aa) : null,
            Power = [.. power],
            Durations = [.. run.TryDurations(Of(aa, SplitKind.CanarySized), power)],
            Releases = releases,
            Warmups = [.. judge.Measures.Select((measure, i) => measure.Kind == MeasureKind.Latency ? WarmupFinder.Find(measure.Name, history.Grid, history.Measures[i], typical[i]) : null).OfType<WarmupResult>()],
            Timeline = HistoryFindings.Timeline(history, judge, TimelinePoints),
            Notes = [.. what.LeftOut, .. Notes(history, run.Plan, judge, options, typical)],
        };
        return report with { Recommendations = Recommender.Recommend(report) };
    }

    private static AaSummary? Of(IReadOnlyList<AaResult> results, SplitKind kind) =>
        results.Where(result => result.Kind == kind).ToList() is { Count: > 0 } some ? AaSummary.Of(some) : null;

    private static MeasureFigures Figures(MeasureOptions measure, MeasureHistoryCounts counts, TypicalCounts typical, int warm, Spread? dispersion) => new()
    {
        Name = measure.Name,
        Kind = measure.Kind,
        Requests = typical.Total,
        ErrorShare = typical.Bounds.IsEmpty ? typical.ErrorShare : null,
        P50 = typical.Bounds.IsEmpty || typical.Total == 0 ? null : typical.Quantile(0.5),
        P99 = typical.Bounds.IsEmpty || typical.Total == 0 ? null : typical.Quantile(0.99),
        Bounds = typical.Figures(measure.Bounds),
        Dispersion = dispersion,
        PodDifference = HistoryFindings.PodDifference(counts, typical, dispersion?.Median ?? 1, warm),
    };

    private static IEnumerable<string> Notes(CountedHistory history, AaPlan plan, JudgeOptions judge, BacktestOptions options, ImmutableArray<TypicalCounts> typical)
    {
        var first = history.Grid.TimeAt(history.FirstCounted);
        if (first - options.From > TimeSpan.FromHours(1))
            yield return $"the first counts are of {first:yyyy-MM-dd HH:mm} UTC, later than asked for ({options.From:yyyy-MM-dd HH:mm}): Prometheus may keep no older data";
        var last = history.Grid.TimeAt(history.LastCounted - 1);
        if (options.To - last > TimeSpan.FromHours(1))
            yield return $"the last counts are of {last:yyyy-MM-dd HH:mm} UTC, earlier than asked for ({options.To:yyyy-MM-dd HH:mm}): the series may have been renamed, or the service is gone";
        if (plan.WithTwoVersions > 0) yield return $"{plan.WithTwoVersions} windows with two versions side by side are no comparison of a version with itself, and are left out";
        if (plan.WithTooFewPods > 0) yield return $"{plan.WithTooFewPods} windows had fewer than two pods, which can't be split, and are left out";
        if (plan.WithHoles > 0) yield return $"{plan.WithHoles} windows had no counts in at least half of their intervals, and are left out";
        if (plan.Windows.Length is > 0 and < 100)
            yield return $"{plan.Windows.Length} windows tell little about a risk of {Percent(judge.FalseRollback)}: their exact interval reaches up to some {Percent(3.7 / plan.Windows.Length)} even without a false alarm; a longer --last tells more";
        if (history.Tracks.All(track => track.Version.Length == 0)) yield return "neither a label rollouts_pod_template_hash nor the pods' names tell versions apart, so no releases were looked for";
        foreach (var (measure, i) in judge.Measures.Select((measure, i) => (measure, i)))
        {
            if (measure.Kind != MeasureKind.Latency && typical[i].ErrorShare == 0) yield return $"{measure.Name}: there was not one error, so that many times as many are none either; only added errors were tried";
            if (history.Measures[i].Tracks.Select(track => string.Join(' ', track.Bounds)).Distinct(StringComparer.Ordinal).Count() > 1)
                yield return $"{measure.Name}: the histogram's buckets changed within the range; where both kinds meet, the bounds that they share are used";
        }

        foreach (var flaw in Flaws(history)) yield return flaw;
    }

    private static IEnumerable<string> Flaws(CountedHistory history) =>
        history.Measures.SelectMany(measure => measure.Flaws).Where(flaw => flaw.Flaw is not (CountingFlaw.Hole or CountingFlaw.Changed))
            .Select(flaw => $"{flaw.Times} intervals of pods were not counted ({flaw.Flaw}{(flaw.Detail.Length > 0 ? $": {flaw.Detail}" : "")})").Distinct(StringComparer.Ordinal);

    private static string NoAa(CountedHistory history, AaPlan plan, JudgeOptions judge, int past)
    {
        var needed = judge.Interval * (past + (int)(judge.MaxDuration!.Value / judge.Interval) + 1);
        return history.Grid.Interval * (history.LastCounted - history.FirstCounted) < needed.TotalMilliseconds
            ? $"the history with counts is shorter than a window of history and maxDuration ({Recommender.Short(needed)}): ask for more by --last or --from"
            : plan.WithTooFewPods > 0
                ? "only one pod at a time had counts: a comparison of a version with itself needs two at least. Run the service with two replicas, or keep the judge's defaults"
                : "every window has two versions side by side or too few counts: ask for a range without releases by --from and --to";
    }

    private static string Percent(double share) => (100 * share).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) + " %";
}
