using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Metrics.Compare;

namespace CanaryAnalyzer.Cli.Analyzing;

/// <summary>Judgements for people: the sentence, the numbers of each measure, the queries.</summary>
internal sealed class JudgementText(Palette palette, int width)
{
    public string Of(IEnumerable<Judgement> judgements, Outcome outcome, bool isOver, IReadOnlyList<string> notLookedAt)
    {
        var text = new StringBuilder();
        foreach (var judgement in judgements)
            Append(text, judgement, isOver);
        if (notLookedAt.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"Not looked at: {string.Join(", ", notLookedAt)} (no comparison)\n\n");
        if (isOver)
            text.Append(palette.Paint(Icon(outcome)).Written).Append(' ').Append(Words(outcome)).Append('\n');
        return text.ToString();
    }

    /// <summary>A judgement in a line, for logs.</summary>
    public static string Line(Judgement judgement, DateTimeOffset now) =>
        $"{LookSpan.Text(now)} {judgement.Metric}: {judgement.Measurement?.Message ?? "no look yet"}\n";

    public static JsonObject Json(IEnumerable<Judgement> judgements, Outcome outcome, LookSpan span, IReadOnlyList<string> notLookedAt) => new()
    {
        ["outcome"] = outcome.ToString(),
        ["start"] = LookSpan.Text(span.Start),
        ["until"] = span.Until is { } until ? LookSpan.Text(until) : null,
        ["metrics"] = new JsonArray([.. judgements.Select(Json)]),
        ["notLookedAt"] = new JsonArray([.. notLookedAt.Select(name => JsonValue.Create(name))]),
    };

    private static JsonObject Json(Judgement judgement)
    {
        var measurement = judgement.Measurement;
        return new JsonObject
        {
            ["name"] = judgement.Metric,
            ["phase"] = (measurement?.Phase ?? AnalysisPhase.Pending).ToString(),
            ["sentence"] = measurement?.Metadata.GetValueOrDefault(MetadataKeys.Sentence),
            ["message"] = measurement?.Message,
            ["verdict"] = Verdict.Of(measurement).Json,
            ["queries"] = new JsonArray([.. Queries(measurement).Select(query => JsonValue.Create(query))]),
            ["explanation"] = measurement?.Explanation is { } explanation ? JsonNode.Parse(explanation) : null,
        };
    }

    private void Append(StringBuilder text, Judgement judgement, bool isOver)
    {
        var verdict = Verdict.Of(judgement.Measurement);
        text.Append(judgement.Metric);
        if (verdict.Json is { } json)
        {
            text.Append(CultureInfo.InvariantCulture, $": look {verdict.Look}, evidence of harm {Number(json.Real("evidence"))} of {Number(json.Real("threshold"))}\n\n");
            var table = new TextTable();
            table.Add("MEASURE", "CANARY", "", "STABLE", "", "RATIO", "BETWEEN", "EVIDENCE", "SAFE");
            foreach (var measure in json.Items("measures"))
            {
                table.Add(Row(measure));
                foreach (var bound in measure.Items("bounds"))
                    table.Add(BoundRow(bound, UnitOf(measure)));
            }

            text.Append(table.Take());
        }

        text.Append('\n');
        text.Append(palette.Paint(Icon(judgement, verdict, isOver)).Written).Append(' ');
        WrappedText.Append(text, judgement.Measurement?.Message ?? "no look yet", 2, width);
        if (verdict.Reason.Length > 0)
            text.Append("  reason: ").Append(verdict.Reason).Append('\n');
        foreach (var query in Queries(judgement.Measurement))
            text.Append("  asked:  ").Append(query).Append('\n');
        text.Append('\n');
    }

    private static Cell[] Row(JsonNode measure)
    {
        var bound = measure.Real("bound");
        return
        [
            (measure.Text("name") ?? "") + (bound is { } known ? string.Create(CultureInfo.InvariantCulture, $" > {known}{UnitOf(measure)}") : ""),
            Counts(measure, "canary"), Share(measure, "canary"), Counts(measure, "stable"), Share(measure, "stable"),
            measure.Real("ratio") is { } ratio ? Number(ratio) : "-",
            (measure.Real("low"), measure.Real("high")) is (null, null) ? "-" : $"{Limit(measure.Real("low"))}–{Limit(measure.Real("high"))}",
            Number(measure.Real("evidence")),
            measure.Real("safe") is { } safe ? Number(safe) : "-",
        ];
    }

    /// <summary>The unit of a latency measure's bounds with a space before it; empty where it is unknown.</summary>
    private static string UnitOf(JsonNode measure) => measure is JsonObject fields && fields.ContainsKey("unit") ? "" : " s";

    private static Cell[] BoundRow(JsonNode bound, string unit)
    {
        var asked = bound.Real("asked");
        if (bound.Real("bound") is not { } watched)
            return [string.Create(CultureInfo.InvariantCulture, $"  > {asked}{unit}"), "not watched", "", "", "", "", "", "", ""];
        var instead = watched.Equals(asked) ? "" : string.Create(CultureInfo.InvariantCulture, $", for {asked}{unit}");
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"  > {watched}{unit}{instead}"),
            Counts(bound, "canary"), Share(bound, "canary"), Counts(bound, "stable"), Share(bound, "stable"),
            bound.Real("ratio") is { } ratio ? Number(ratio) : "-", "-", Number(bound.Real("evidence")), "-",
        ];
    }

    private static string Counts(JsonNode measure, string side) =>
        string.Create(CultureInfo.InvariantCulture, $"{measure.Real(side, "errors") ?? 0:0}/{measure.Real(side, "requests") ?? 0:0}");

    private static string Share(JsonNode measure, string side) => measure.Real(side, "requests") is > 0 and var requests && measure.Real(side, "errors") is { } errors
        ? (errors / requests * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %"
        : "-";

    private static string Limit(double? end) => end is { } number ? Number(number) : "?";

    private static string Number(double? number) => number is not { } value ? "-" : value switch
    {
        >= 1e6 => "> 1 000 000",
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private static string[] Queries(Measurement? measurement) =>
        measurement?.Metadata.GetValueOrDefault(MetadataKeys.Queries)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string Icon(Judgement judgement, Verdict verdict, bool isOver) => judgement.Measurement?.Phase switch
    {
        AnalysisPhase.Successful => Icons.Ok,
        AnalysisPhase.Failed => Icons.Bad,
        AnalysisPhase.Error => Icons.Warning,
        AnalysisPhase.Inconclusive => Icons.Unknown,
        _ => verdict.IsUnanswered ? Icons.Warning : isOver ? Icons.Unknown : Icons.Progressing,
    };

    private static string Icon(Outcome outcome) => outcome switch
    {
        Outcome.Promote => Icons.Ok,
        Outcome.Rollback => Icons.Bad,
        Outcome.Error => Icons.Warning,
        _ => Icons.Unknown,
    };

    private static string Words(Outcome outcome) => outcome switch
    {
        Outcome.Promote => "Promote",
        Outcome.Rollback => "Roll back",
        Outcome.Error => "Error",
        _ => "Inconclusive",
    };
}
