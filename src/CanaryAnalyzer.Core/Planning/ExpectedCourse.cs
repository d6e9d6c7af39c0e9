using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Core.Planning;

/// <summary>Gathers from the reports of an expected course what was found when.</summary>
internal sealed class ExpectedCourse(JudgeOptions options, TrafficAssumption traffic, TimeSpan deadline)
{
    private readonly TimeSpan?[,] _found = new TimeSpan?[options.Measures.Length, PauseForecaster.Ratios.Length];
    private LookReport? _atDeadline;
    private LookReport? _last;

    /// <summary>When everything required was shown safe; null where it was not.</summary>
    public TimeSpan? SafeAfter { get; private set; }

    /// <summary>Whether more looks would tell nothing more.</summary>
    public bool IsComplete => _atDeadline is not null && SafeAfter is not null && _found.Cast<TimeSpan?>().All(found => found is not null);

    /// <summary>Takes in a look.</summary>
    /// <param name="report">The look.</param>
    /// <param name="canConvict">Whether the judge would convict as early.</param>
    public void Add(LookReport report, bool canConvict)
    {
        _last = report;
        if (report.Verdict == JudgeVerdict.Promote) SafeAfter ??= report.Elapsed;
        if (report.Elapsed >= deadline) _atDeadline ??= report;
        if (!canConvict) return;
        for (var i = 0; i < report.Measures.Length; i++)
        {
            for (var r = 0; r < PauseForecaster.Ratios.Length; r++)
            {
                if (report.Measures[i].DetectableRatio <= PauseForecaster.Ratios[r]) _found[i, r] ??= report.Elapsed;
            }
        }
    }

    /// <summary>What was found about each measure.</summary>
    public ImmutableArray<MeasureForecast> Measures() => [.. (_atDeadline ?? _last)!.Measures.Select(Measure)];

    private MeasureForecast Measure(MeasureReport report, int index)
    {
        var measure = options.Measures[index];
        return new MeasureForecast
        {
            Name = report.Name,
            Kind = report.Kind,
            Required = report.Required,
            CanaryRequests = report.Canary.Requests,
            SmallestRatio = report.DetectableRatio,
            Found = [.. PauseForecaster.Ratios.Select((ratio, r) => new RatioForecast(ratio, _found[index, r]))],
            Asked = report.Bounds,
            Bounds = [.. report.Safe.Where(safe => safe is { Component: EvidenceComponent.Tail or EvidenceComponent.Bound, Bound: not null }).Select(safe => Bound(safe.Bound!.Value, measure))],
        };
    }

    private BoundForecast Bound(double bound, MeasureOptions measure)
    {
        var at = traffic.Bounds.IndexOf(bound);
        var share = Math.Max(traffic.Shares.Skip(at + 1).Sum(), 1e-9);
        return new BoundForecast(bound, share, ((measure.MarginRatio * share) + measure.MarginAbsolute) / share, measure.MarginRatio);
    }
}
