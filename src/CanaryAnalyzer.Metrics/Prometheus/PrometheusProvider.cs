using System.Collections.Immutable;
using CanaryAnalyzer.Core.Expressions;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>The provider <c>prometheus</c>: one PromQL query, at the present instant or over a range.</summary>
internal sealed class PrometheusProvider(PrometheusBackend backend, TimeProvider time) : IMetricProvider<PrometheusSpec>
{
    // What stands with the metric and not with each measurement, as in Argo.
    private const string ResolvedQuery = "ResolvedPrometheusQuery";

    public async ValueTask<ProviderAnswer> MeasureAsync(PrometheusSpec spec, MeasurementRequest request, CancellationToken cancellationToken)
    {
        var metadata = ImmutableSortedDictionary<string, string>.Empty.Add(ResolvedQuery, spec.Query);
        var now = time.GetUtcNow();
        PrometheusReply reply;
        if (spec.Range is { } range)
        {
            if (Instant(range.Start, now, out var problem) is not { } start) return Failed($"rangeQuery.start: {problem}");
            if (Instant(range.End, now, out problem) is not { } end) return Failed($"rangeQuery.end: {problem}");
            if (end < start) return Failed("The range ends before it starts: check rangeQuery.start and rangeQuery.end");
            reply = await backend.QueryRangeAsync(spec.Connection, spec.Query, start, end, range.Step, mustBeWhole: false, cancellationToken);
        }
        else
        {
            reply = await backend.QueryAsync(spec.Connection, spec.Query, now, mustBeWhole: false, cancellationToken);
        }

        return reply is PrometheusReply.Answered { Answer: var answer }
            ? Read(answer) with { MetricMetadata = metadata }
            : new ProviderAnswer.Failed(((PrometheusReply.Failed)reply).Cause) { RetryAt = ((PrometheusReply.Failed)reply).RetryAt, MetricMetadata = metadata };

        ProviderAnswer Failed(string cause) => new ProviderAnswer.Failed(cause) { MetricMetadata = metadata };
    }

    private static ProviderAnswer Read(PrometheusAnswer answer)
    {
        ProviderAnswer read = ValueOf(answer) is { } value
            ? new ProviderAnswer.Answered(value)
            : new ProviderAnswer.Failed($"The query's result is a {answer.ResultType}, which can't be measured: it must give numbers");
        return answer.Warnings.IsEmpty ? read : read with { Metadata = read.Metadata.Add("warnings", string.Join("; ", answer.Warnings)) };
    }

    private static DateTimeOffset? Instant(string text, DateTimeOffset now, out string problem)
    {
        problem = "";
        if (Expression.TryParseInstant(text, out var expression, out var error) && expression.TryGetInstant(now, out var instant, out error)) return instant;
        problem = error.ToString();
        return null;
    }

    private static MetricValue? ValueOf(PrometheusAnswer answer)
    {
        if (answer.ResultType == "scalar") return new MetricValue.Number(answer.Scalar);
        if (answer.ResultType is not ("vector" or "matrix")) return null;
        var values = answer.Series.SelectMany(series => series.Samples).Select(sample => sample.Value).ToImmutableArray();
        if (values.IsEmpty && answer.HasNativeHistograms) return null;
        return values.IsEmpty ? new MetricValue.Empty() : new MetricValue.Numbers(values);
    }
}
