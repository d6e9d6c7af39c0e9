using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Service.Storage;

/// <summary>An AnalysisRun as it was read.</summary>
/// <param name="Run">What it says.</param>
/// <param name="Version">The version that was read.</param>
/// <param name="Read">Gives the whole object of that version.</param>
internal sealed record StoredRun(AnalysisRun Run, string Version, Func<JsonObject> Read)
{
    /// <summary>The whole object, with the version that was read. Only as long as somebody holds it is it in memory as a tree: ask for it where it is needed only.</summary>
    public JsonObject Resource => Read();
}
