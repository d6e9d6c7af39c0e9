using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Routing.GatewayApi;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>Whether weights reach the versions: Services, routes, gateways.</summary>
internal sealed class TrafficCheck(IResourceClient client, ClusterFacts facts)
{
    private static readonly ResourceType[] Gateways =
    [
        new("gateway.networking.k8s.io", "v1", "gateways", "Gateway"), new("gateway.networking.k8s.io", "v1beta1", "gateways", "Gateway"),
    ];

    public async Task<IReadOnlyList<CheckLine>> RunAsync(Strategy strategy, CancellationToken cancellationToken)
    {
        var list = new CheckList("Traffic");
        var services = strategy.Services;
        Service(list, services.Stable, "stableService", facts.StableHash);
        Service(list, services.Canary, "canaryService", facts.CanaryHash.Length > 0 ? facts.CanaryHash : facts.StableHash);
        foreach (var reference in strategy.Routes)
        {
            var route = facts.View.Get(ResourceType.HttpRoutes, new ResourceKey(reference.Namespace, reference.Name));
            Route(list, HttpRouteReader.Read(reference, route, facts.Namespace, services), services);
            foreach (var parent in route.Items("spec", "parentRefs").Where(parent => parent.Text("kind") is null or "Gateway"))
                await GatewayAsync(list, new ResourceKey(parent.Text("namespace") ?? reference.Namespace, parent.Text("name") ?? ""), cancellationToken);
        }

        return list.Lines;
    }

    private void Service(CheckList list, string name, string field, string hash)
    {
        if (facts.View.Get(ResourceType.Services, new ResourceKey(facts.Namespace, name)) is not { } service)
        {
            list.Bad($"there is no Service {name} in namespace {facts.Namespace}", $"create it, or correct spec.strategy.canary.{field}");
            return;
        }

        var selector = (service["spec"]?["selector"] as JsonObject ?? []).ToDictionary(label => label.Key, label => label.Value?.ToString() ?? "", StringComparer.Ordinal);
        if (service.Text("metadata", "annotations", Markers.ManagedBy) is { } owner && owner != facts.Name)
        {
            list.Bad($"Service {name} is managed by another Rollout ({owner})", "give each Rollout Services of its own");
            return;
        }

        var pods = facts.View.InNamespace(ResourceType.Pods, facts.Namespace).Where(pod => selector.Count > 0 && selector.All(label => pod.Text("metadata", "labels", label.Key) == label.Value)).ToList();
        var ready = pods.Count(pod => pod.Items("status", "conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True"));
        var selects = selector.GetValueOrDefault(Markers.PodHash, "");
        if (hash.Length > 0 && selects != hash)
            list.Warn($"Service {name} selects the hash {(selects.Length > 0 ? selects : "of no version")}, not {hash} as its role asks", "the controller sets that: it does so at its next pass, if it is at work");
        if (pods.Count == 0)
            list.Bad($"Service {name} selects no pods ({string.Join(",", selector.Select(label => $"{label.Key}={label.Value}"))})", "compare the Service's selector with the pod template's labels");
        else if (ready == 0)
            list.Bad($"Service {name} selects {Pods(pods.Count)}, none of them ready", $"kubectl get pods -n {facts.Namespace}");
        else
            list.Ok($"Service {name} selects {Pods(pods.Count)}, {ready} ready");
    }

    private static string Pods(int count) => count == 1 ? "1 pod" : FormattableString.Invariant($"{count} pods");

    private static void Route(CheckList list, RouteObservation route, ServiceNames services)
    {
        var name = $"HTTPRoute {route.Reference.Namespace}/{route.Reference.Name}";
        if (!route.Exists)
            list.Bad($"there is no {name}", "create it, or correct spec.strategy.canary.trafficRouting.plugins[\"argoproj-labs/gatewayAPI\"]");
        else if (route.Rules.IsEmpty)
            list.Bad($"{name} has no rule whose backendRefs name both Services {services.Canary} and {services.Stable}", "add both as backendRefs of one rule");
        else if (!route.IsAccepted)
            list.Bad($"{name}: {route.Complaint}", $"kubectl describe httproute {route.Reference.Name} -n {route.Reference.Namespace}");
        else
            list.Ok($"{name} leads to both Services ({string.Join("; ", route.Rules.Select(rule => $"canary {rule.Canary}, stable {rule.Stable}"))})");
    }

    private async Task GatewayAsync(CheckList list, ResourceKey key, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject? gateway = null;
            foreach (var type in Gateways)
                gateway ??= await client.GetAsync(type, key, cancellationToken);
            var programmed = gateway.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Programmed");
            if (gateway is null)
                list.Bad($"there is no Gateway {key}", "create it, or correct the route's spec.parentRefs");
            else if (programmed is null)
                list.Warn($"Gateway {key} doesn't say whether it is programmed: no controller of gateways has taken it up yet", $"kubectl describe gateway {key.Name} -n {key.Namespace}");
            else if (programmed.Text("status") != "True")
                list.Bad($"Gateway {key} is not programmed: {programmed.Text("reason")}: {programmed.Text("message")}", $"kubectl describe gateway {key.Name} -n {key.Namespace}");
            else
                list.Ok($"Gateway {key} is programmed");
        }
        catch (ResourceException failure) when (failure.IsForbidden)
        {
            list.Warn($"you may not read Gateway {key}, so whether it is programmed isn't checked");
        }
    }
}
