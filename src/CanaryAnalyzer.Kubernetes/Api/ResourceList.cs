using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>All objects that a list found, as of one instant.</summary>
/// <param name="Items">The objects, each with <c>apiVersion</c> and <c>kind</c>.</param>
/// <param name="ResourceVersion">The version to begin a watch from.</param>
public sealed record ResourceList(IReadOnlyList<JsonObject> Items, string ResourceVersion);
