using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Viewing;

/// <summary>What a judged pause waits for, in a line, and what the judge says.</summary>
/// <param name="Gate">For example <c>policy/web, look 7, evidence 0.4 of 100, earliest 2m10s, at most 21m</c>; empty without a gate.</param>
/// <param name="Verdict">The judge's sentence; empty without one.</param>
internal sealed record GateView(string Gate, string Verdict)
{
    public static GateView Of(JsonObject rollout, DateTimeOffset now) =>
        rollout.At("status", "canaryAnalyzer") is JsonObject gate ? new GateView(Line(gate, now), gate.Text("verdict") ?? "") : new GateView("", "");

    private static string Line(JsonObject gate, DateTimeOffset now)
    {
        var parts = new List<string> { gate.Text("policy") is { Length: > 0 } policy ? $"policy/{policy}" : "human" };
        if (gate.Whole("look") is { } look and > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"look {look}"));
        if (gate.Real("evidence") is { } evidence && gate.Real("threshold") is { } threshold)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"evidence {evidence:0.##} of {threshold:0.##}"));
        if (Ahead(gate, "earliest", now) is { } earliest)
            parts.Add($"earliest {earliest}");
        if (Ahead(gate, "deadline", now) is { } deadline)
            parts.Add($"at most {deadline}");
        if (gate.Text("waitingReason") is { Length: > 0 } reason)
            parts.Add(gate.Flag("observes") ? reason : Waiting(gate, reason, now));
        return string.Join(", ", parts);
    }

    private static string Waiting(JsonObject gate, string reason, DateTimeOffset now) =>
        $"waits for a human: {reason}" + (gate.Instant("waitingSince") is { } since ? $" (since {HumanDuration.Format(now - since)})" : "");

    private static string? Ahead(JsonObject gate, string name, DateTimeOffset now) =>
        gate.Instant(name) is { } instant && instant > now ? HumanDuration.Format(instant - now) : null;
}
