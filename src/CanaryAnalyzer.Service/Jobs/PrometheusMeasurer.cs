using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Expressions;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>Measures by one PromQL query and the metric's conditions.</summary>
internal sealed class PrometheusMeasurer(IPrometheusQueries queries, DecisionClock clock, TimeProvider time)
{
    /// <summary>What stands with the metric and not with each measurement, as in Argo.</summary>
    private const string ResolvedQuery = "ResolvedPrometheusQuery";

    /// <summary>Asks and judges; returns the measurement and what holds for all measurements of the metric.</summary>
    public async ValueTask<(Measurement Measurement, ImmutableSortedDictionary<string, string> Metadata)> MeasureAsync(
        PrometheusSpec spec, MeasurementConditions conditions, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (at, problem) = Time(spec, now);
        var outcome = at is null ? new QueryOutcome.Failed(problem) : await queries.QueryAsync(spec, at, cancellationToken);
        var (phase, message) = outcome switch
        {
            QueryOutcome.Answered answered => conditions.Judge(Result(answered.Value), now),
            QueryOutcome.Failed failed => (AnalysisPhase.Error, failed.Cause),
            _ => (AnalysisPhase.Error, "the provider gave no answer"),
        };
        var measurement = new Measurement
        {
            Phase = phase,
            Message = message,
            Value = (outcome as QueryOutcome.Answered)?.Value.Text,
            StartedAt = started,
            FinishedAt = clock.Now,
            ResumeAt = (outcome as QueryOutcome.Failed)?.RetryAt,
            Metadata = outcome.Metadata.Remove(ResolvedQuery),
        };
        return (measurement, outcome.Metadata.RemoveRange(outcome.Metadata.Keys.Where(key => key != ResolvedQuery)));
    }

    private static (QueryTime? Time, string Problem) Time(PrometheusSpec spec, DateTimeOffset now)
    {
        if (spec.Range is not { } range) return (new QueryTime.Instant(now), "");
        if (Instant(range.Start, now, out var problem) is not { } start) return (null, $"rangeQuery.start: {problem}");
        if (Instant(range.End, now, out problem) is not { } end) return (null, $"rangeQuery.end: {problem}");
        return (new QueryTime.Range(start, end), "");
    }

    private static DateTimeOffset? Instant(string text, DateTimeOffset now, out string problem)
    {
        problem = "";
        if (Expression.TryParseInstant(text, out var expression, out var error) && expression.TryGetInstant(now, out var instant, out error)) return instant;
        problem = error.ToString();
        return null;
    }

    private static object? Result(MetricValue value) => value switch
    {
        MetricValue.Number number => number.Value,
        MetricValue.Numbers numbers => numbers.Values,
        _ => Array.Empty<double>(),
    };
}
