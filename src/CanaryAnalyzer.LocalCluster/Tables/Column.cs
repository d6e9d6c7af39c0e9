using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Tables;

/// <summary>One column of a table; priority 0 is always shown, 1 with <c>-o wide</c>.</summary>
internal sealed record Column(string Name, string Type, Func<JsonObject, DateTimeOffset, JsonNode?> Cell, int Priority = 0, string Format = "");
