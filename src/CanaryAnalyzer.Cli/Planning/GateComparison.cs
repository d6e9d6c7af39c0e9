using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Cli.Planning;

/// <summary>A comparison that judges at a gate.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="Spec">What it says.</param>
/// <param name="Options">How the judge takes that at this gate.</param>
internal sealed record GateComparison(string Metric, CompareSpec Spec, JudgeOptions Options);
