using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>One event of a watch.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Object">The object; for a bookmark only its <c>metadata.resourceVersion</c> is of use; empty when expired.</param>
public sealed record WatchEvent(WatchEventKind Kind, JsonObject Object);
