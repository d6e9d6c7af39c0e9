using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>The bounds that a latency measure was asked to watch, as JSON.</summary>
internal static class BoundJson
{
    /// <summary>
    /// Writes <c>"bounds": [{"asked", "bound", "canary": {"requests", "errors"}, "stable": {…}, "ratio", "evidence"}]</c>, seconds and requests over <c>bound</c>, which is
    /// null where it isn't watched; nothing where no bound was asked for.
    /// </summary>
    public static void Write(Utf8JsonWriter json, ImmutableArray<BoundReport> bounds)
    {
        if (bounds.IsEmpty)
            return;
        json.WriteStartArray("bounds");
        foreach (var bound in bounds)
        {
            json.WriteStartObject();
            json.WriteValue("asked", bound.Asked);
            json.WriteValue("bound", bound.Bound);
            Side(json, "canary", bound.Canary);
            Side(json, "stable", bound.Stable);
            json.WriteValue("ratio", bound.Ratio);
            json.WriteValue("evidence", bound.Evidence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Side(Utf8JsonWriter json, string name, SideTotals totals)
    {
        json.WriteStartObject(name);
        json.WriteNumber("requests", totals.Requests);
        json.WriteNumber("errors", totals.Errors);
        json.WriteEndObject();
    }
}
