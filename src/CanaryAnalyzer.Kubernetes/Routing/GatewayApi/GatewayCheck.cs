using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

/// <summary>Whether the Gateways that a route names are programmed.</summary>
internal static class GatewayCheck
{
    private static readonly ResourceType[] Gateways =
    [
        new("gateway.networking.k8s.io", "v1", "gateways", "Gateway"), new("gateway.networking.k8s.io", "v1beta1", "gateways", "Gateway"),
    ];

    /// <summary>Checks each Gateway among the route's parents.</summary>
    /// <param name="route">The route; null where it is missing.</param>
    /// <param name="routeNamespace">Its namespace.</param>
    /// <param name="client">The API server.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    public static async Task<ImmutableArray<RouterFinding>> RunAsync(
        JsonObject? route, string routeNamespace, IResourceClient client, CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<RouterFinding>();
        foreach (var parent in route.Items("spec", "parentRefs").Where(parent => parent.Text("kind") is null or "Gateway"))
            findings.Add(await GatewayAsync(new ResourceKey(parent.Text("namespace") ?? routeNamespace, parent.Text("name") ?? ""), client, cancellationToken));
        return findings.ToImmutable();
    }

    private static async Task<RouterFinding> GatewayAsync(ResourceKey key, IResourceClient client, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject? gateway = null;
            foreach (var type in Gateways) gateway ??= await client.GetAsync(type, key, cancellationToken);
            return Finding(gateway, key);
        }
        catch (ResourceException failure) when (failure.IsForbidden)
        {
            return new RouterFinding(RouterFinding.Severity.Warning, $"you may not read Gateway {key}, so whether it is programmed isn't checked");
        }
    }

    private static RouterFinding Finding(JsonObject? gateway, ResourceKey key)
    {
        const RouterFinding.Severity bad = RouterFinding.Severity.Bad;
        if (gateway is null) return new RouterFinding(bad, $"there is no Gateway {key}", "create it, or correct the route's spec.parentRefs");
        var description = $"kubectl describe gateway {key.Name} -n {key.Namespace}";
        var programmed = gateway.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Programmed");
        if (programmed is null)
        {
            const string text = "doesn't say whether it is programmed: no controller of gateways has taken it up yet";
            return new RouterFinding(RouterFinding.Severity.Warning, $"Gateway {key} {text}", description);
        }

        return programmed.Text("status") == "True"
            ? new RouterFinding(RouterFinding.Severity.Ok, $"Gateway {key} is programmed")
            : new RouterFinding(bad, $"Gateway {key} is not programmed: {programmed.Text("reason")}: {programmed.Text("message")}", description);
    }
}
