using System.Globalization;
using CanaryAnalyzer.Core.Templates;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>The phase of one metric by its counters and limits.</summary>
internal static class MetricAssessment
{
    /// <summary>The metric's phase; one that is completed stays.</summary>
    public static AnalysisPhase PhaseOf(MetricSpec metric, MetricResult result, bool terminating)
    {
        if (result.Phase.IsCompleted()) return result.Phase;
        if (result.LastMeasurement is not { } last) return terminating ? AnalysisPhase.Successful : AnalysisPhase.Pending;
        if (!last.Phase.IsCompleted()) return AnalysisPhase.Running;
        if (BrokenLimit(metric, result) is { } broken) return broken.Phase;
        if (metric.ConsecutiveSuccessLimit > 0 && result.ConsecutiveSuccess >= metric.ConsecutiveSuccessLimit) return AnalysisPhase.Successful;
        if (metric.EffectiveCount is { } count && result.Count >= count) return PhaseAtCount(metric);
        return terminating ? AnalysisPhase.Successful : AnalysisPhase.Running;
    }

    /// <summary>The limit that was exceeded; where several were, the last in the order failures, inconclusive, errors.</summary>
    public static (AnalysisPhase Phase, string Message)? BrokenLimit(MetricSpec metric, MetricResult result)
    {
        (AnalysisPhase, string)? broken = null;
        if (metric.FailureLimit >= 0 && result.Failed > metric.FailureLimit)
            broken = (AnalysisPhase.Failed, Exceeded("failed", result.Failed, "failureLimit", metric.FailureLimit));
        if (result.Inconclusive > metric.InconclusiveLimit)
            broken = (AnalysisPhase.Inconclusive, Exceeded("inconclusive", result.Inconclusive, "inconclusiveLimit", metric.InconclusiveLimit));
        if (result.ConsecutiveError > metric.ConsecutiveErrorLimit)
            broken = (AnalysisPhase.Error, Exceeded("consecutiveErrors", result.ConsecutiveError, "consecutiveErrorLimit", metric.ConsecutiveErrorLimit));
        return broken;
    }

    /// <summary>All measurements are taken and no limit was exceeded: enough, unless successes in a row were asked for.</summary>
    private static AnalysisPhase PhaseAtCount(MetricSpec metric) => (metric.ConsecutiveSuccessLimit > 0, metric.FailureLimit >= 0) switch
    {
        (true, true) => AnalysisPhase.Inconclusive,
        (true, false) => AnalysisPhase.Failed,
        _ => AnalysisPhase.Successful,
    };

    private static string Exceeded(string what, int count, string limit, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} ({count}) > {limit} ({most})");
}
