using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Metrics.Prometheus;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>
/// The provider <c>canaryanalyzer/compare</c>. A call takes every look that is due since the last one, so that after a downtime the same instants give the same
/// numbers; between two calls everything is in the measurement.
/// </summary>
internal sealed class CompareProvider(PrometheusBackend backend, TimeProvider time) : IMetricProvider<CompareSpec>
{
    public async ValueTask<ProviderAnswer> MeasureAsync(CompareSpec spec, MeasurementRequest request, CancellationToken cancellationToken) =>
        new ProviderAnswer.Decided(await LookAsync(spec, request, cancellationToken));

    private async ValueTask<Measurement> LookAsync(CompareSpec spec, MeasurementRequest request, CancellationToken cancellationToken)
    {
        var plan = new ComparePlan(spec, request);
        if (Problem(spec, request) is { } problem)
            return new Measurement { Phase = AnalysisPhase.Error, Message = problem, StartedAt = plan.StartedAt, FinishedAt = KubernetesTime.RoundUp(request.Now) };
        var progress = CompareProgress.Of(plan);
        if (request.Previous is not null) await new Looks(plan, progress, new SeriesFetch(backend, spec), time).TakeAsync(cancellationToken);
        return new CompareReport(plan, progress).Measurement();
    }

    private static string? Problem(CompareSpec spec, MeasurementRequest request) =>
        Sides.Given(spec) is null && Sides.ByHash(request.Arguments) is null && Sides.ByPods(request.Arguments) is null
            ? "The sides can't be told apart: write canary and stable, or declare the args canary-pods and stable-pods (or canary-hash and stable-hash), which a judged pause fills in"
            : ((Sides?[])[Sides.Given(spec), Sides.ByHash(request.Arguments), Sides.ByPods(request.Arguments)]).FirstOrDefault(s => s is not null && s.Canary.SequenceEqual(s.Stable)) is { } same
            ? $"Both sides are picked by {Sides.Describe(same.Canary)}: the canary would be compared with itself; write canary and stable so that they differ"
            : null;
}
