using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>What became of a release, for those who look at it later.</summary>
internal sealed record ReleaseRecord
{
    /// <summary>The longest record, in bytes.</summary>
    public const int Longest = 2048;

    private const int ShortestText = 80;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required ReleaseStatus Release { get; init; }

    public required string Hash { get; init; }

    /// <summary>Promoted, Aborted or Superseded.</summary>
    public required string Outcome { get; init; }

    /// <summary>Who decided: <c>policy/NAME</c>, <c>person</c>, <c>steps</c>, <c>analysis</c>, <c>progressDeadline</c> or <c>newVersion</c>.</summary>
    public required string By { get; init; }

    public required string Message { get; init; }

    /// <summary>The record as JSON of at most <see cref="Longest"/> bytes: long texts are cut, then lists.</summary>
    public string Write(ReplicaSetObservation version, int revision, IReadOnlyCollection<AnalysisRunObservation> runs, DateTimeOffset endedAt)
    {
        for (var (text, items) = (600, 8); ; (text, items) = text > ShortestText ? (text / 2, items) : (text, items - 1))
        {
            var json = Json(version, revision, Judged(runs), endedAt, text, items).ToJsonString(Compact);
            if (Encoding.UTF8.GetByteCount(json) <= Longest || items == 0) return json;
        }
    }

    private JsonObject Json(ReplicaSetObservation version, int revision, AnalysisRunObservation? run, DateTimeOffset endedAt, int text, int items)
    {
        var json = new JsonObject
        {
            ["revision"] = revision,
            ["hash"] = Hash,
            ["images"] = List(version.Images.Take(items).Select(i => (JsonNode)Cut(i, text))),
            ["startedAt"] = KubernetesTime.Format(Release.StartedAt),
            ["endedAt"] = KubernetesTime.Format(endedAt),
            ["outcome"] = Outcome,
            ["by"] = By,
            ["message"] = Cut(Message, text),
            ["weights"] = List(Release.Weights.TakeLast(items).Select(w => (JsonNode)new JsonObject { ["weight"] = w.Weight, ["at"] = KubernetesTime.Format(w.At) })),
        };
        if (run is not null) Add(json, run, text);
        if (!Release.Overruled.IsEmpty) json["overruled"] = List(Release.Overruled.TakeLast(items).Select(o => (JsonNode)Cut(o, text)));
        return json;
    }

    private void Add(JsonObject json, AnalysisRunObservation run, int text)
    {
        json["policy"] = Release.LastPolicy;
        json["run"] = run.Name;
        json["verdict"] = Verdict(run);
        if (run.Verdict is not { } verdict) return;
        json["sentence"] = Cut(verdict.Sentence, text);
        json["look"] = verdict.Look;
        if (verdict.Evidence is { } evidence && double.IsFinite(evidence)) json["evidence"] = Math.Round(evidence, 3);
        if (verdict.Threshold is { } threshold && double.IsFinite(threshold)) json["threshold"] = Math.Round(threshold, 3);
    }

    // Harm speaks first; else the last pause has decided more than whoever looked on after it.
    private AnalysisRunObservation? Judged(IReadOnlyCollection<AnalysisRunObservation> runs)
    {
        var last = runs.FirstOrDefault(r => r.Name == Release.LastRun);
        return last is { Phase: AnalysisPhase.Failed } ? last : runs.FirstOrDefault(r => r.Name == Release.LastPauseRun) ?? last;
    }

    private static string Verdict(AnalysisRunObservation run) => run switch
    {
        { Phase: AnalysisPhase.Failed } => "Rollback",
        { ProvesSuccess: true } => "Promote",
        { IsCompleted: true, IsTerminated: false } => "Inconclusive",
        _ => "Continue",
    };

    private static JsonArray List(IEnumerable<JsonNode> items) => new([.. items]);

    private static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return $"{text[..end]}…";
    }
}
