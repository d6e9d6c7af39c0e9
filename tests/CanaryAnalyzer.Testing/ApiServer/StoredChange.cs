using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Testing.ApiServer;

/// <summary>One line of the store's history, as watches send it.</summary>
internal sealed record StoredChange(string QualifiedName, string Kind, JsonObject Object, long Version);
