using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Tests.Runs;

/// <summary>A Prometheus and a comparison that answer what a test says, and remember what they were asked.</summary>
internal sealed class FakeProviders : IMetricProvider<PrometheusSpec>, IMetricProvider<CompareSpec>
{
    /// <summary>What Prometheus was asked, and when by the real clock.</summary>
    public List<(PrometheusSpec Spec, DateTimeOffset At)> Queries { get; } = [];

    public List<MeasurementRequest> Requests { get; } = [];

    public Func<PrometheusSpec, CancellationToken, ValueTask<ProviderAnswer>> Query { get; set; } = (_, _) => Answer(1);

    public Func<MeasurementRequest, Measurement> Compare { get; set; } = request => new Measurement { Phase = AnalysisPhase.Successful, StartedAt = request.Now };

    public static ValueTask<ProviderAnswer> Answer(params double[] values) => ValueTask.FromResult<ProviderAnswer>(
        new ProviderAnswer.Answered(values.Length == 0 ? new MetricValue.Empty() : new MetricValue.Numbers([.. values])));

    public async ValueTask<ProviderAnswer> MeasureAsync(PrometheusSpec spec, MeasurementRequest request, CancellationToken cancellationToken)
    {
        lock (Queries) Queries.Add((spec, DecisionClock.Real(request.Now)));
        var answer = await Query(spec, cancellationToken);
        return answer with { MetricMetadata = ImmutableSortedDictionary<string, string>.Empty.Add("ResolvedPrometheusQuery", spec.Query) };
    }

    public ValueTask<ProviderAnswer> MeasureAsync(CompareSpec spec, MeasurementRequest request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return ValueTask.FromResult<ProviderAnswer>(new ProviderAnswer.Decided(Compare(request)));
    }
}
