using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics.Prometheus;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Reads, side by side, what a look would read.</summary>
internal sealed class SeriesSurvey(PrometheusBackend backend) : ISeriesSurvey
{
    private const int Minutes = 5;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public async Task<ImmutableArray<MeasureSurvey>> SidesAsync(
        CompareSpec spec, ImmutableDictionary<string, string> arguments, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var plan = new ComparePlan(spec, new MeasurementRequest { Now = at, Arguments = arguments });
        if (Sides.Given(spec) is null && Sides.ByHash(arguments) is null && Sides.ByPods(arguments) is null)
            return [.. spec.Measures.Select(measure => Failed(measure, "nothing says how the sides are told apart: write canary and stable, or give canary-pods and stable-pods"))];
        var fetch = new SeriesFetch(backend, spec);
        var finder = new SideFinder(plan, CompareProgress.Of(plan), fetch);
        var found = ImmutableArray.CreateBuilder<MeasureSurvey>();
        for (var i = 0; i < spec.Measures.Length; i++)
        {
            var sides = await finder.FindAsync(i, at, cancellationToken);
            found.Add(sides.Cause is { } cause ? Failed(spec.Measures[i], cause) : await MeasureAsync(spec, i, sides.Value, fetch, finder, at, cancellationToken));
        }

        return found.ToImmutable();
    }

    public async Task<ImmutableArray<MeasureSurvey>> AllAsync(CompareSpec spec, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var fetch = new SeriesFetch(backend, spec);
        var found = ImmutableArray.CreateBuilder<MeasureSurvey>();
        foreach (var measure in spec.Measures)
        {
            var side = await SideAsync(spec, measure, new Sides(SideRule.Given, [], []), fetch, at, cancellationToken);
            found.Add(side.Cause is { } cause ? Failed(measure, cause) : new MeasureSurvey { Name = measure.Name, Canary = side.Value, Stable = side.Value });
        }

        return found.ToImmutable();
    }

    private static async Task<MeasureSurvey> MeasureAsync(
        CompareSpec spec, int index, Sides sides, SeriesFetch fetch, SideFinder finder, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var measure = spec.Measures[index];
        var canary = await SideAsync(spec, measure, sides with { Stable = sides.Canary }, fetch, at, cancellationToken);
        var stable = await SideAsync(spec, measure, sides, fetch, at, cancellationToken);
        if ((canary.Cause ?? stable.Cause) is { } cause) return Failed(measure, cause);
        return new MeasureSurvey { Name = measure.Name, Canary = await AdvisedAsync(canary.Value, "canary"), Stable = await AdvisedAsync(stable.Value, "stable") };

        async Task<SideSurvey> AdvisedAsync(SideSurvey side, string name) =>
            side.Targets > 0 ? side : side with { Advice = await finder.ExplainAsync(index, sides, name, at, cancellationToken) };
    }

    /// <summary>The side that stands as the stable one.</summary>
    private static async Task<Fetched<SideSurvey>> SideAsync(CompareSpec spec, MeasureSpec measure, Sides sides, SeriesFetch fetch, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var read = await fetch.StableAsync(measure, sides, at, (Minutes + 1) * Minute, cancellationToken);
        if (read.Cause is not null) return read.Then(_ => new SideSurvey());
        var newest = await fetch.NewestAsync(measure, sides, at, cancellationToken);
        var window = new LookWindow
        {
            At = at.ToUnixTimeMilliseconds(),
            Interval = (long)Minute.TotalMilliseconds,
            ScrapeInterval = read.Value.ScrapeInterval() ?? (long)(spec.ScrapeInterval ?? Minute).TotalMilliseconds,
        };
        var side = new SideSurvey
        {
            Matchers = Sides.Describe(sides.Stable),
            Targets = read.Value.Stable.Seen(window.At - (Minutes * window.Interval), window.At).Count(),
            Flaw = Flaw(LookCounting.Count(read.Value, window with { Accepted = window.At - window.Interval })),
            ScrapeInterval = read.Value.ScrapeInterval() is { } scrape ? TimeSpan.FromMilliseconds(scrape) : null,
        };
        return newest.Then(last => Counted(side with { NewestAge = last is { } instant ? at - instant : null }, LookCounting.CountPast(read.Value, window, Minutes)));
    }

    /// <summary>What is wrong with the series themselves, not with when they were scraped.</summary>
    private static string Flaw(CountedLook look) =>
        look.Flaw is CountingFlaw.FirstSight or CountingFlaw.NotFresh or CountingFlaw.NoSeries or CountingFlaw.Hole or CountingFlaw.Changed ? "" : FlawText.Of(look);

    private static SideSurvey Counted(SideSurvey side, ImmutableArray<CountedInterval> intervals)
    {
        if (intervals.IsEmpty) return side;
        var counts = intervals.SelectMany(interval => new[] { interval.Counts.StableA, interval.Counts.StableB }).ToList();
        var requests = counts.Sum(count => count.Requests);
        var bounds = intervals[^1].Counts.BucketBounds;
        var buckets = counts.Where(count => count.Buckets.Length == bounds.Length + 1).Select(count => count.Buckets).ToList();
        return side with
        {
            RequestsPerSecond = requests / intervals.Sum(interval => (interval.To - interval.From) / 1000.0),
            ErrorShare = requests > 0 && bounds.IsEmpty ? (double)counts.Sum(count => count.Errors) / requests : null,
            Bounds = bounds,
            BucketShares = requests == 0 || bounds.IsEmpty ? [] : [.. Enumerable.Range(0, bounds.Length + 1).Select(bucket => (double)buckets.Sum(one => one[bucket]) / requests)],
        };
    }

    private static MeasureSurvey Failed(MeasureSpec measure, string cause) => new() { Name = measure.Name, Canary = new SideSurvey(), Stable = new SideSurvey(), Failure = cause };
}
