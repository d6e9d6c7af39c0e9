using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>A question to a metric's provider that has no answer in the run's status yet.</summary>
/// <param name="Run">The run, with the status that asks.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Comparisons">How many comparisons of the run share the risk of a false rollback.</param>
/// <param name="Due">What is asked, and when.</param>
internal sealed record OpenQuestion(AnalysisRun Run, PlannedMetric Metric, int Comparisons, DueMeasurement Due);
