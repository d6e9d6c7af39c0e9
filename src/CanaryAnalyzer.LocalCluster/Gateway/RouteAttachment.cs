using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Gateway;

/// <summary>Whether a Gateway takes a route, and why not.</summary>
internal sealed record RouteAttachment(bool Accepted, string Reason, string Message)
{
    public const string GatewayResource = "gateways.gateway.networking.k8s.io";
    public const string RouteResource = "httproutes.gateway.networking.k8s.io";

    /// <summary>Null where the parent is no Gateway of this cluster: then it isn't this gateway's to judge.</summary>
    public static RouteAttachment? Of(IObjectStore store, StoredObject route, JsonObject parent)
    {
        var key = new ObjectKey(GatewayResource, parent.TextAt("namespace") ?? route.Key.Namespace, parent.TextAt("name") ?? "");
        if ((parent.TextAt("kind") ?? "Gateway") != "Gateway" || store.Get(key) is not { } gateway)
            return null;
        if (RouteFilters.Unknown(route.Json) is { } filter)
            return new RouteAttachment(false, "UnsupportedValue", $"this gateway has no filter {filter}");
        var section = parent.TextAt("sectionName");
        var listeners = gateway.Json.ObjectsAt("spec", "listeners").Where(l => section is null || l.TextAt("name") == section).ToList();
        if (listeners.Count == 0)
            return new RouteAttachment(false, "NoMatchingParent", $"the Gateway has no listener {section}");
        listeners = [.. listeners.Where(l => l.TextAt("protocol") is "HTTP" or "HTTPS" && IsAllowed(l, route.Key.Namespace, key.Namespace))];
        if (listeners.Count == 0)
            return new RouteAttachment(false, "NotAllowedByListeners", "no listener allows this route");
        return listeners.Exists(l => SharesHost(l.TextAt("hostname"), route.Json.ArrayAt("spec", "hostnames")))
            ? new RouteAttachment(true, "Accepted", "the route is in force")
            : new RouteAttachment(false, "NoMatchingListenerHostname", "no listener has a hostname of the route");
    }

    /// <summary>The Service that a rule names and that isn't there.</summary>
    public static string? MissingService(IObjectStore store, StoredObject route) => route.Json.ObjectsAt("spec", "rules").SelectMany(r => r.ObjectsAt("backendRefs"))
        .Select(b => new ObjectKey(BuiltInKinds.Services.Resource, b.TextAt("namespace") ?? route.Key.Namespace, b.TextAt("name") ?? ""))
        .Where(k => store.Get(k) is null).Select(k => k.Name).FirstOrDefault();

    private static bool IsAllowed(JsonObject listener, string routeNamespace, string gatewayNamespace) =>
        listener.TextAt("allowedRoutes", "namespaces", "from") == "All" || routeNamespace == gatewayNamespace;

    private static bool SharesHost(string? listener, JsonArray? hostnames) =>
        string.IsNullOrEmpty(listener) || hostnames is not { Count: > 0 } || hostnames.Any(h => Fits(listener, h.Printed() ?? "") || Fits(h.Printed() ?? "", listener));

    private static bool Fits(string pattern, string host) =>
        pattern == host || (pattern.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase));
}
