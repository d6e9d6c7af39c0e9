using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Explaining;

/// <summary>One measure of an explanation as JSON.</summary>
internal static class MeasureJson
{
    /// <summary>Writes a measure.</summary>
    public static void Write(Utf8JsonWriter json, MeasureReport measure, LookReport report)
    {
        json.WriteStartObject();
        json.WriteString("name", measure.Name);
        json.WriteString("kind", measure.Kind.ToString());
        json.WriteBoolean("required", measure.Required);
        json.WriteBoolean("hasData", measure.HasData);
        json.WriteString("absence", measure.Absence.ToString());
        json.WriteString("about", measure.Component.ToString());
        Side(json, "canary", measure, measure.Canary, measure.CanaryValue);
        Side(json, "stable", measure, measure.Stable, measure.StableValue);
        json.WriteValue("bound", measure.Bound);
        if (measure.Unit == LatencyUnit.Unknown)
            json.WriteNull("unit");
        BoundJson.Write(json, measure.Bounds);
        json.WriteValue("expected", measure.Expected);
        json.WriteValue("ratio", measure.Ratio);
        json.WriteValue("low", measure.Low);
        json.WriteValue("high", measure.High);
        json.WriteValue("superiority", measure.Superiority);
        json.WriteValue("evidence", measure.Evidence);
        Safe(json, measure, report);
        json.WriteValue("dispersion", measure.Dispersion);
        json.WriteBoolean("dispersionMeasured", measure.DispersionMeasured);
        json.WriteBoolean("lacksHalves", measure.LacksHalves);
        json.WriteBoolean("hasHistory", measure.HasHistory);
        if (measure.Deciding is { } deciding)
            DecidingJson.Write(json, measure.Kind, deciding);
        json.WriteValue("smallestRatio", measure.DetectableRatio);
        json.WriteValue("smallestRatioByEnd", measure.DetectableByEnd);
        json.WriteDuration("timeToFindHalfMore", measure.TimeToFindHalfMore);
        json.WriteDuration("timeToFindDouble", measure.TimeToFindDouble);
        json.WriteEndObject();
    }

    private static void Side(Utf8JsonWriter json, string name, MeasureReport measure, SideTotals totals, double? value)
    {
        json.WriteStartObject(name);
        if (measure.Kind == MeasureKind.Series)
        {
            json.WriteValue("value", value);
        }
        else
        {
            json.WriteNumber("requests", totals.Requests);
        }

        if (measure.Kind is not (MeasureKind.Series or MeasureKind.Traffic))
        {
            json.WriteNumber("errors", totals.Errors);
            json.WriteValue("share", totals.Requests > 0 ? totals.Share : null);
        }

        json.WriteEndObject();
    }

    private static void Safe(Utf8JsonWriter json, MeasureReport measure, LookReport report)
    {
        json.WriteStartArray("safe");
        foreach (var safe in measure.Safe)
        {
            json.WriteStartObject();
            json.WriteString("about", safe.Component.ToString());
            json.WriteValue("bound", safe.Bound);
            json.WriteValue("evidence", Math.Min(Math.Exp(safe.LogEvidence), double.MaxValue));
            json.WriteValue("p", safe.P);
            json.WriteValue("level", safe.Level);
            json.WriteBoolean("shown", safe.LogEvidence >= report.LogSafeThreshold);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
