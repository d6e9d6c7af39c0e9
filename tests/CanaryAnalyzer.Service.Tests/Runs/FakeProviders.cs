using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Metrics.Prometheus;

namespace CanaryAnalyzer.Service.Tests.Runs;

/// <summary>A Prometheus and a comparison that answer what a test says, and remember what they were asked.</summary>
internal sealed class FakeProviders : IPrometheusQueries, IMetricProvider<CompareSpec>
{
    public List<(PrometheusSpec Spec, QueryTime Time)> Queries { get; } = [];

    public List<MeasurementRequest> Requests { get; } = [];

    public Func<PrometheusSpec, CancellationToken, ValueTask<QueryOutcome>> Query { get; set; } = (_, _) => Answer(1);

    public Func<MeasurementRequest, Measurement> Compare { get; set; } = request => new Measurement { Phase = AnalysisPhase.Successful, StartedAt = request.Now };

    public static ValueTask<QueryOutcome> Answer(params double[] values) => ValueTask.FromResult<QueryOutcome>(
        new QueryOutcome.Answered(values.Length == 0 ? new MetricValue.Empty() : new MetricValue.Numbers([.. values])));

    public async ValueTask<QueryOutcome> QueryAsync(PrometheusSpec spec, QueryTime time, CancellationToken cancellationToken)
    {
        lock (Queries) Queries.Add((spec, time));
        var outcome = await Query(spec, cancellationToken);
        return outcome with { Metadata = outcome.Metadata.SetItem("ResolvedPrometheusQuery", spec.Query) };
    }

    public ValueTask<Measurement> MeasureAsync(CompareSpec spec, MeasurementRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return ValueTask.FromResult(Compare(request));
    }
}
