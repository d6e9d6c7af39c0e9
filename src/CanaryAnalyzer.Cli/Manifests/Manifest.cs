using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Cli.Manifests;

/// <summary>An object of a file.</summary>
/// <param name="File">The file, as it was named.</param>
/// <param name="Resource">The object.</param>
/// <param name="Marks">Where its fields stand.</param>
internal sealed record Manifest(string File, JsonObject Resource, Marks Marks);
