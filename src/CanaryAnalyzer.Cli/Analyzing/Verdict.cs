using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Cli.Analyzing;

/// <summary>A measurement's value: as a document for those who want all of it, and read.</summary>
/// <param name="Json">The document; null before the first look.</param>
/// <param name="Value">What it says; null before the first look.</param>
internal sealed record Verdict(JsonObject? Json, VerdictValue? Value)
{
    /// <summary>Whether Prometheus did not answer the look.</summary>
    public bool IsUnanswered => Value?.Reason == VerdictReason.QueryError;

    public string Reason => Value?.Reason.ToString() ?? "";

    public int Look => Value?.Look ?? 0;

    /// <summary>Whether a look was ever answered.</summary>
    public bool HasLooked => Value is { HasLooked: true };

    public static Verdict Of(Measurement? measurement) =>
        new(measurement?.Value is { } text ? JsonNode.Parse(text) as JsonObject : null, VerdictValue.Read(measurement?.Value, out _));
}
