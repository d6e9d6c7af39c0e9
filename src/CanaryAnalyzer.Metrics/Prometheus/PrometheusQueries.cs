using System.Collections.Immutable;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Metrics.Prometheus;

/// <inheritdoc/>
internal sealed class PrometheusQueries(PrometheusBackend backend) : IPrometheusQueries
{
    public async ValueTask<QueryOutcome> QueryAsync(PrometheusSpec spec, QueryTime time, CancellationToken cancellationToken)
    {
        var metadata = ImmutableSortedDictionary<string, string>.Empty.Add("ResolvedPrometheusQuery", spec.Query);
        var reply = time switch
        {
            QueryTime.Range range when range.End < range.Start =>
                new PrometheusReply.Failed("The range ends before it starts: check rangeQuery.start and rangeQuery.end", ReplyFailure.Lasting),
            QueryTime.Range range => await backend.QueryRangeAsync(spec.Connection, spec.Query, range.Start, range.End, spec.Range?.Step ?? TimeSpan.FromMinutes(1), mustBeWhole: false, cancellationToken),
            QueryTime.Instant instant => await backend.QueryAsync(spec.Connection, spec.Query, instant.Time, mustBeWhole: false, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(time)),
        };
        if (reply is not PrometheusReply.Answered { Answer: var answer })
        {
            var failed = (PrometheusReply.Failed)reply;
            return new QueryOutcome.Failed(failed.Cause) { Metadata = metadata, RetryAt = failed.RetryAt };
        }

        if (!answer.Warnings.IsEmpty) metadata = metadata.Add("warnings", string.Join("; ", answer.Warnings));
        return ValueOf(answer) is { } value
            ? new QueryOutcome.Answered(value) { Metadata = metadata }
            : new QueryOutcome.Failed($"The query's result is a {answer.ResultType}, which can't be measured: it must give numbers") { Metadata = metadata };
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
