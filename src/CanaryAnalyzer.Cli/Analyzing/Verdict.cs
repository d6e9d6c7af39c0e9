using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Analyzing;

/// <summary>A measurement's value, read.</summary>
/// <param name="Json">The value; null before the first look.</param>
internal sealed record Verdict(JsonObject? Json)
{
    /// <summary>The reason of a look that Prometheus did not answer.</summary>
    public const string QueryError = "QueryError";

    public string Text => Json.Text("verdict") ?? "Continue";

    public string Reason => Json.Text("reason") ?? "";

    public int Look => Json.Whole("look") ?? 0;

    /// <summary>Whether a look was ever answered.</summary>
    public bool HasLooked => Json is not null && (Look > 0 || Reason != QueryError);

    public static Verdict Of(Measurement? measurement) => new(measurement?.Value is { } text ? JsonNode.Parse(text) as JsonObject : null);
}
