using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

/// <summary>A parentRef of an HTTPRoute, with the Gateway API's defaults, so that one in the spec equals the one in the status that reports about it.</summary>
internal sealed record ParentReference(string Group, string Kind, string Namespace, string Name, string SectionName, int? Port)
{
    /// <summary>Reads one.</summary>
    /// <param name="reference">The parentRef.</param>
    /// <param name="routeNamespace">The route's namespace, which is the default.</param>
    public static ParentReference Of(JsonNode? reference, string routeNamespace) => new(
        reference.Text("group") ?? "gateway.networking.k8s.io",
        reference.Text("kind") ?? "Gateway",
        reference.Text("namespace") ?? routeNamespace,
        reference.Text("name") ?? "",
        reference.Text("sectionName") ?? "",
        reference.Whole("port"));

    /// <summary>The parent for messages, such as <c>Gateway web</c>.</summary>
    public override string ToString() => $"{Kind} {Name}" + (SectionName.Length > 0 ? $"/{SectionName}" : "");
}
