using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>A look as compact JSON: a measurement's <c>value</c>.</summary>
public static class VerdictJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes <c>{"verdict", "reason", "look", "evidence", "threshold", "measures": [{"name", "canary": {"requests", "errors"}, "stable": {…}, "ratio", "low",
    /// "high", "evidence"}]}</c>. Counts are those since the run's first look; for latency <c>errors</c> are the requests over <c>bound</c> seconds, and counting
    /// begins after the warm-up. What is unknown is null. Beside those: <c>spent</c> (part of the accepted risk of a false rollback), <c>smallestRatio</c> (what this
    /// traffic would have shown), <c>smallestRatioByEnd</c>, <c>hasMinRequests</c>, and <c>at</c>. Series have <c>value</c> in each side instead of counts, limits
    /// and traffic the share that is <c>expected</c>. Where safety is tested at planned looks, <c>p</c> and the <c>level</c> that it needed are those of the least safe part
    /// at the last one, and <c>nextPlannedLook</c> is the time since the start at which the next is due. Bounds that were asked for stand in <c>bounds</c>, see <see cref="BoundJson"/>.
    /// <c>unit</c> is there, and null, where the histogram's unit is unknown: then bounds are numbers of that unit.
    /// With a sign of harm <c>window</c> has the numbers over the time that speaks most for it, on which a rollback rests, see <see cref="DecidingJson"/>; <c>noise</c> says what the
    /// dispersion was read from (<c>halves</c> of the stable pods, <c>intervals</c>, or <c>assumed</c>), and <c>late</c> how long after it was due a look was taken, where that is long.
    /// </summary>
    /// <param name="report">The look.</param>
    /// <param name="reason">Another reason than the judge's, such as why a look has no data; null: the judge's.</param>
    /// <param name="at">The instant up to which the look saw; null: left out.</param>
    public static string Write(LookReport report, VerdictReason? reason = null, DateTimeOffset? at = null)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteString("verdict", report.Verdict.ToString());
            json.WriteString("reason", (reason ?? report.Reason).ToString());
            json.WriteNumber("look", report.Look);
            json.WriteValue("evidence", report.Evidence);
            json.WriteValue("threshold", report.Threshold);
            json.WriteValue("spent", report.BudgetSpent);
            json.WriteValue("smallestRatio", report.DetectableRatio);
            json.WriteValue("smallestRatioByEnd", report.DetectableByEnd);
            json.WriteBoolean("hasMinRequests", report.HasMinRequests);
            if (report.NextPlannedLook is { } next)
                json.WriteString("nextPlannedLook", GoDuration.Format(next));
            if (at is { } instant)
                json.WriteString("at", KubernetesTime.Format(instant));
            if (report.Late is { } late)
                json.WriteString("late", GoDuration.Format(late));
            json.WriteStartArray("measures");
            foreach (var measure in report.Measures)
                Measure(json, measure, report);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Measure(Utf8JsonWriter json, MeasureReport measure, LookReport report)
    {
        json.WriteStartObject();
        json.WriteString("name", measure.Name);
        Side(json, "canary", measure.Kind, measure.Canary, measure.CanaryValue);
        Side(json, "stable", measure.Kind, measure.Stable, measure.StableValue);
        if (measure.Kind is MeasureKind.Limit or MeasureKind.Traffic)
            json.WriteValue("expected", measure.Expected);
        if (measure.Kind == MeasureKind.Latency)
        {
            json.WriteValue("bound", measure.Bound);
            if (measure.Unit == LatencyUnit.Unknown)
                json.WriteNull("unit");
            json.WriteValue("superiority", measure.Superiority);
            BoundJson.Write(json, measure.Bounds);
        }

        json.WriteValue("ratio", measure.Ratio);
        json.WriteValue("low", measure.Low);
        json.WriteValue("high", measure.High);
        json.WriteValue("evidence", measure.Evidence);
        if (measure.Safe.MinBy(s => s.LogEvidence) is { } safe)
        {
            json.WriteValue("safe", Math.Min(Math.Exp(safe.LogEvidence), double.MaxValue));
            if (safe.P is { } p)
                json.WriteValue("p", p);
            if (safe.Level is { } level)
                json.WriteValue("level", level);
        }

        json.WriteValue("dispersion", measure.Dispersion);
        if (measure.Kind is MeasureKind.ErrorRate or MeasureKind.Latency or MeasureKind.Limit)
            json.WriteString("noise", !measure.DispersionMeasured ? "assumed" : measure.LacksHalves ? "intervals" : "halves");
        if (measure.Deciding is { } deciding && (report.HasSignOfHarm || measure.Kind == MeasureKind.Traffic))
            DecidingJson.Write(json, measure.Kind, deciding);
        json.WriteEndObject();
    }

    private static void Side(Utf8JsonWriter json, string name, MeasureKind kind, SideTotals totals, double? value)
    {
        json.WriteStartObject(name);
        if (kind == MeasureKind.Series)
            json.WriteValue("value", value);
        else
            json.WriteNumber("requests", totals.Requests);
        if (kind is not (MeasureKind.Series or MeasureKind.Traffic))
            json.WriteNumber("errors", totals.Errors);
        json.WriteEndObject();
    }
}
