using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Cli.Analyzing;

/// <summary>How far one comparison has come.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Spec">What it says.</param>
/// <param name="Measurement">Its measurement; null before the first look.</param>
internal sealed record Judgement(string Metric, CompareSpec Spec, Measurement? Measurement)
{
    /// <summary>Whether it goes on.</summary>
    public bool IsOpen => Measurement is null or { Phase: AnalysisPhase.Running or AnalysisPhase.Pending };
}
