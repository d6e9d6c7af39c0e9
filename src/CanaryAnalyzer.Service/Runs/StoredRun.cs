using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Service.Runs;

/// <summary>An AnalysisRun as it was read.</summary>
/// <param name="Run">What it says.</param>
/// <param name="Resource">The whole object, with the version that was read.</param>
internal sealed record StoredRun(AnalysisRun Run, JsonObject Resource);
