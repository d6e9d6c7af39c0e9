using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>What a comparison's look came to, as its measurement's <c>value</c> says it: what <see cref="VerdictJson"/> writes, read.</summary>
public sealed record VerdictValue
{
    private static readonly Dictionary<string, JudgeVerdict> Verdicts = Names<JudgeVerdict>();

    private static readonly Dictionary<string, VerdictReason> Reasons = Names<VerdictReason>();

    /// <summary>The verdict.</summary>
    public required JudgeVerdict Verdict { get; init; }

    /// <summary>Why it is that.</summary>
    public required VerdictReason Reason { get; init; }

    /// <summary>The number of the look; 0 before the first.</summary>
    public int Look { get; init; }

    /// <summary>The evidence of harm; null before any.</summary>
    public double? Evidence { get; init; }

    /// <summary>The evidence at which the canary is rolled back; null before any.</summary>
    public double? Threshold { get; init; }

    /// <summary>The smallest harmful ratio that this traffic would have shown; null where that is not known.</summary>
    public double? SmallestRatio { get; init; }

    /// <summary>Whether both sides had the requests that a verdict needs.</summary>
    public bool HasMinRequests { get; init; }

    /// <summary>The instant up to which the look saw; null before the first.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The measures, in the spec's order.</summary>
    public ImmutableArray<Measure> Measures { get; init; } = [];

    /// <summary>Whether a look was ever answered.</summary>
    public bool HasLooked => Look > 0 || Reason != VerdictReason.QueryError;

    /// <summary>Reads a measurement's value.</summary>
    /// <param name="value">The value; null where there is none.</param>
    /// <param name="problem">Why a verdict can't be read: another version wrote a code that isn't known here. Empty where it was read, and where the value is no verdict at all.</param>
    /// <returns>The verdict; null where there is none, or it can't be read.</returns>
    public static VerdictValue? Read(string? value, out string problem)
    {
        problem = "";
        if (Parse(value) is not { } json || Text(json, "verdict") is not { } verdict) return null;
        var reason = Text(json, "reason") ?? "";
        if (!Verdicts.TryGetValue(verdict, out var known)) problem = $"unknown verdict \"{verdict}\"";
        else if (!Reasons.TryGetValue(reason, out _)) problem = $"unknown reason \"{reason}\"";
        return problem.Length > 0 ? null : new VerdictValue
        {
            Verdict = known,
            Reason = Reasons[reason],
            Look = (int)Math.Clamp(Number(json["look"]) ?? 0, 0, int.MaxValue),
            Evidence = Number(json["evidence"]),
            Threshold = Number(json["threshold"]),
            SmallestRatio = Number(json["smallestRatio"]),
            HasMinRequests = json["hasMinRequests"] is JsonValue flag && flag.GetValueKind() == JsonValueKind.True,
            At = KubernetesTime.Parse(Text(json, "at")),
            Measures = [.. (json["measures"] as JsonArray ?? []).OfType<JsonObject>().Select(MeasureOf)],
        };
    }

    /// <summary>The number of the look that a measurement's value says, whether its verdict is understood or not; null where it says none.</summary>
    /// <param name="value">The value; null where there is none.</param>
    public static int? LookOf(string? value) => Parse(value) is { } json && Number(json["look"]) is { } look ? (int)Math.Clamp(look, 0, int.MaxValue) : null;

    /// <summary>The value of a look that was not answered: that of the one before, with the reason <see cref="VerdictReason.QueryError"/>. What is no verdict stays as it is.</summary>
    /// <param name="value">The value of the look before.</param>
    public static string? Unanswered(string? value)
    {
        if (Parse(value) is not { } json || !json.ContainsKey("verdict")) return value;
        json["reason"] = nameof(VerdictReason.QueryError);
        return json.ToJsonString();
    }

    private static Measure MeasureOf(JsonObject json) => new(
        Text(json, "name") ?? "", SideOf(json["canary"]), SideOf(json["stable"]), Number(json["ratio"]), Number(json["low"]), Number(json["high"]));

    private static Side SideOf(JsonNode? json) => json is JsonObject side ? new Side(Number(side["requests"]), Number(side["errors"])) : new Side(null, null);

    private static JsonObject? Parse(string? value)
    {
        try
        {
            return string.IsNullOrEmpty(value) ? null : JsonNode.Parse(value) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static double? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;

    private static Dictionary<string, T> Names<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(one => one.ToString(), StringComparer.Ordinal);

    /// <summary>What a look saw of a measure since the run's first look.</summary>
    /// <param name="Name">The measure's name.</param>
    /// <param name="Canary">The canary's counts.</param>
    /// <param name="Stable">The stable version's counts.</param>
    /// <param name="Ratio">The canary's rate over the stable version's; null where it can't be told.</param>
    /// <param name="Low">The lower end of the ratio's interval; null where unknown.</param>
    /// <param name="High">The upper end of it; null where unknown.</param>
    public sealed record Measure(string Name, Side Canary, Side Stable, double? Ratio, double? Low, double? High);

    /// <summary>Counts of a version.</summary>
    /// <param name="Requests">Its requests; null where the measure counts none.</param>
    /// <param name="Errors">Those that failed, or were slower than the bound; null where the measure counts none.</param>
    public sealed record Side(double? Requests, double? Errors);
}
