using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Storage;
using CanaryAnalyzer.LocalCluster.Workloads;

namespace CanaryAnalyzer.LocalCluster.Gateway;

/// <summary>Puts accepted routes into force and says so in the status of routes and Gateways.</summary>
internal sealed class GatewayController(ObjectWriter writer, RouteTable table, Uri url) : IController
{
    public const string Name = "canaryanalyzer.io/local-gateway";

    public DateTimeOffset? Reconcile(DateTimeOffset now)
    {
        if (writer.Registry.Find(RouteAttachment.RouteResource) is not { } routeKind)
            return null;
        var routes = writer.Store.List(RouteAttachment.RouteResource).Objects;
        var accepted = routes.Where(r => !r.IsTerminating && Parents(r).Any(p => RouteAttachment.Of(writer.Store, r, p) is { Accepted: true })).ToList();
        // First the traffic, then the word that it flows.
        table.Replace(writer.Store, accepted);
        foreach (var route in routes)
            writer.TryUpdate(routeKind, route.Key, next => WriteParents(route, next.Ensure("status"), now), "status");
        if (writer.Registry.Find(RouteAttachment.GatewayResource) is { } gatewayKind)
        {
            foreach (var gateway in writer.Store.List(RouteAttachment.GatewayResource).Objects)
                writer.TryUpdate(gatewayKind, gateway.Key, next => WriteGateway(gateway, accepted, next.Ensure("status"), now), "status");
        }

        return null;
    }

    private void WriteParents(StoredObject route, JsonObject status, DateTimeOffset now)
    {
        var before = status.ObjectsAt("parents").ToList();
        var parents = new JsonArray([.. before.Where(p => p.TextAt("controllerName") != Name).Select(p => p.DeepClone())]);
        foreach (var parent in Parents(route))
        {
            if (RouteAttachment.Of(writer.Store, route, parent) is not { } attachment)
                continue;
            var entry = before.FirstOrDefault(p => p.TextAt("controllerName") == Name && JsonAccess.Same(p["parentRef"], parent))?.Copy()
                ?? new JsonObject { ["parentRef"] = parent.DeepClone(), ["controllerName"] = Name };
            var missing = RouteAttachment.MissingService(writer.Store, route);
            Set(entry, route, "Accepted", attachment.Accepted, attachment.Reason, attachment.Message, now);
            Set(entry, route, "ResolvedRefs", missing is null, missing is null ? "ResolvedRefs" : "BackendNotFound", missing is null ? "all backends are there" : $"there is no Service {missing}", now);
            parents.Add(entry);
        }

        status["parents"] = parents;
    }

    private void WriteGateway(StoredObject gateway, List<StoredObject> accepted, JsonObject status, DateTimeOffset now)
    {
        status["addresses"] = new JsonArray(new JsonObject { ["type"] = "IPAddress", ["value"] = url.Host });
        Set(status, gateway, "Accepted", true, "Accepted", "the local cluster serves this Gateway", now);
        Set(status, gateway, "Programmed", true, "Programmed", $"all listeners share {url.GetLeftPart(UriPartial.Authority)}", now);
        var before = status.ObjectsAt("listeners").ToList();
        status["listeners"] = new JsonArray([.. gateway.Json.ObjectsAt("spec", "listeners").Select(l => Listener(gateway, l, before, accepted, now))]);
    }

    private static JsonObject Listener(StoredObject gateway, JsonObject listener, List<JsonObject> before, List<StoredObject> accepted, DateTimeOffset now)
    {
        var name = listener.TextAt("name");
        var serves = listener.TextAt("protocol") is "HTTP" or "HTTPS";
        var entry = before.Find(b => b.TextAt("name") == name)?.Copy() ?? new JsonObject { ["name"] = name };
        entry["supportedKinds"] = serves ? new JsonArray(new JsonObject { ["group"] = "gateway.networking.k8s.io", ["kind"] = "HTTPRoute" }) : new JsonArray();
        entry["attachedRoutes"] = !serves ? 0 : accepted.Count(r => Parents(r).Any(p =>
            p.TextAt("name") == gateway.Key.Name && (p.TextAt("namespace") ?? r.Key.Namespace) == gateway.Key.Namespace && (p.TextAt("sectionName") ?? name) == name));
        Set(entry, gateway, "Accepted", serves, serves ? "Accepted" : "UnsupportedProtocol", serves ? "" : "the local gateway speaks HTTP only", now);
        Set(entry, gateway, "ResolvedRefs", true, "ResolvedRefs", "", now);
        Set(entry, gateway, "Programmed", serves, serves ? "Programmed" : "Invalid", "", now);
        return entry;
    }

    private static void Set(JsonObject holder, StoredObject about, string type, bool value, string reason, string message, DateTimeOffset now) =>
        Conditions.Set(holder, type, value ? "True" : "False", reason, message, now, KeyValuePair.Create<string, JsonNode?>("observedGeneration", about.Json.NumberAt("metadata", "generation") ?? 1));

    private static IEnumerable<JsonObject> Parents(StoredObject route) => route.Json.ObjectsAt("spec", "parentRefs");
}
