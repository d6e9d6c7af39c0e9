using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Explaining;

/// <summary>An explanation as JSON, whole: for the service's API and for programs. Field names are a contract; what is unknown is null; durations are Go's.</summary>
public static class ExplanationJson
{
    /// <summary>No text is longer, in bytes: further pods, remarks and queries are left out, and <c>leftOut</c> says how many.</summary>
    public const int MostBytes = 64 * 1024;

    private const int LongestText = 2000;
    private const int MostEntries = 400;
    private static readonly JsonWriterOptions Indented = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true };

    /// <summary>Writes an explanation; at most <see cref="MostBytes"/>.</summary>
    public static string Write(Explanation explanation)
    {
        // What is not the look itself gives way, by halves: nobody reads hundreds of pods.
        for (var most = MostEntries; ; most /= 2)
        {
            var text = Write(explanation, most);
            if (text.Length <= MostBytes || most == 0)
                return Encoding.UTF8.GetString(text);
        }
    }

    private static ReadOnlySpan<byte> Write(Explanation explanation, int most)
    {
        var buffer = new ArrayBufferWriter<byte>(8192);
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            Look(json, explanation.Report);
            json.WriteStartArray("measures");
            foreach (var measure in explanation.Report.Measures)
                MeasureJson.Write(json, measure, explanation.Report);
            json.WriteEndArray();
            var leftOut = Texts(json, "queries", explanation.Queries, most);
            leftOut += Flags(json, explanation.Flags, most);
            leftOut += Targets(json, explanation.Targets, most);
            leftOut += Texts(json, "notes", explanation.Notes, most);
            leftOut += Texts(json, "othersInFlight", explanation.OthersInFlight, most);
            json.WriteNumber("leftOut", leftOut);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    private static void Look(Utf8JsonWriter json, LookReport report)
    {
        json.WriteString("judge", report.Version);
        json.WriteNumber("look", report.Look);
        json.WriteString("elapsed", GoDuration.Format(report.Elapsed));
        json.WriteString("verdict", report.Verdict.ToString());
        json.WriteString("reason", report.Reason.ToString());
        json.WriteString("sentence", Shortened(VerdictSentence.Of(report)));
        json.WriteString("whatWouldChange", Shortened(report.WhatWouldChange));
        json.WriteValue("evidence", report.Evidence);
        json.WriteValue("threshold", report.Threshold);
        json.WriteValue("budgetSpent", report.BudgetSpent);
        json.WriteValue("safeThreshold", Math.Exp(report.LogSafeThreshold));
        json.WriteBoolean("signOfHarm", report.HasSignOfHarm);
        json.WriteStartArray("culprits");
        foreach (var name in report.Culprits)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteNumber("minRequests", report.MinRequests);
        json.WriteBoolean("hasMinRequests", report.HasMinRequests);
        json.WriteString("minDuration", GoDuration.Format(report.MinDuration));
        json.WriteDuration("maxDuration", report.MaxDuration);
        json.WriteDuration("lastPlannedLook", report.LastPlannedLook);
        json.WriteDuration("nextPlannedLook", report.NextPlannedLook);
        json.WriteValue("smallestRatio", report.DetectableRatio);
        json.WriteValue("smallestRatioByEnd", report.DetectableByEnd);
        json.WriteDuration("timeToFindHalfMore", report.TimeToFindHalfMore);
        json.WriteDuration("timeToFindDouble", report.TimeToFindDouble);
    }

    private static int Texts(Utf8JsonWriter json, string name, ImmutableArray<string> texts, int most)
    {
        json.WriteStartArray(name);
        foreach (var text in texts.Take(most))
            json.WriteStringValue(Shortened(text));
        json.WriteEndArray();
        return Math.Max(0, texts.Length - most);
    }

    private static int Flags(Utf8JsonWriter json, ImmutableArray<DataFlag> flags, int most)
    {
        json.WriteStartArray("flags");
        foreach (var flag in flags.Take(most))
        {
            json.WriteStartObject();
            json.WriteString("measure", flag.Measure);
            json.WriteString("code", flag.Code);
            json.WriteString("detail", Shortened(flag.Detail));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return Math.Max(0, flags.Length - most);
    }

    private static int Targets(Utf8JsonWriter json, ImmutableArray<TargetFigures> targets, int most)
    {
        json.WriteStartArray("targets");
        foreach (var target in targets.OrderByDescending(target => target.StandsOut).Take(most))
        {
            json.WriteStartObject();
            json.WriteString("measure", target.Measure);
            json.WriteString("side", target.IsCanary ? "canary" : "stable");
            json.WriteString("target", Shortened(target.Target));
            json.WriteNumber("requests", target.Requests);
            json.WriteNumber("errors", target.Errors);
            json.WriteValue("slowFrom", target.SlowFrom);
            json.WriteBoolean("standsOut", target.StandsOut);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return Math.Max(0, targets.Length - most);
    }

    private static string Shortened(string text) => text.Length > LongestText ? text[..LongestText] + "…" : text;
}
