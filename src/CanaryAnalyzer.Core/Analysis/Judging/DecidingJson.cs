using System.Text.Json;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>The time that speaks most for harm as JSON.</summary>
internal static class DecidingJson
{
    /// <summary>
    /// Writes <c>"window": {"last", "component", "bound", "superiority", "canary", "stable", "stableShareAtMix", "ratio"}</c>, as far as these are known. <c>last</c> is a duration, null
    /// for the whole run; <c>errors</c> of the sides are requests over <c>bound</c> seconds where that is there.
    /// </summary>
    /// <param name="json">Where to.</param>
    /// <param name="kind">The measure's kind.</param>
    /// <param name="window">The time.</param>
    public static void Write(Utf8JsonWriter json, MeasureKind kind, DecidingWindow window)
    {
        json.WriteStartObject("window");
        if (window.Duration is { } last)
            json.WriteString("last", GoDuration.Format(last));
        else
            json.WriteNull("last");
        json.WriteString("component", window.Component.ToString());
        if (window.Bound is { } bound)
            json.WriteValue("bound", bound);
        if (window.Superiority is { } superiority)
            json.WriteValue("superiority", superiority);
        Side(json, "canary", kind, window, window.Canary, window.CanaryValue);
        if (kind != MeasureKind.Limit)
            Side(json, "stable", kind, window, window.Stable, window.StableValue);
        if (window.StableShareAtMix is { } share)
            json.WriteValue("stableShareAtMix", share);
        json.WriteValue("ratio", window.Ratio);
        json.WriteEndObject();
    }

    private static void Side(Utf8JsonWriter json, string name, MeasureKind kind, DecidingWindow window, SideTotals totals, double? value)
    {
        json.WriteStartObject(name);
        if (kind == MeasureKind.Series)
            json.WriteValue("value", value);
        else
            json.WriteNumber("requests", totals.Requests);
        if (kind is not (MeasureKind.Series or MeasureKind.Traffic) && window.Component != EvidenceComponent.Body)
            json.WriteNumber("errors", totals.Errors);
        json.WriteEndObject();
    }
}
