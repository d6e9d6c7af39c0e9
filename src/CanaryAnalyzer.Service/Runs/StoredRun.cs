using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Service.Runs;

/// <summary>An AnalysisRun as it was read.</summary>
/// <param name="Run">What it says.</param>
/// <param name="Read">Gives the whole object, with the version that was read.</param>
internal sealed record StoredRun(AnalysisRun Run, Func<JsonObject> Read)
{
    /// <summary>A run whose object is at hand.</summary>
    public StoredRun(AnalysisRun run, JsonObject resource)
        : this(run, () => resource)
    {
    }

    /// <summary>The whole object, with the version that was read. Only as long as somebody holds it is it in memory as a tree.</summary>
    public JsonObject Resource => Read();
}
