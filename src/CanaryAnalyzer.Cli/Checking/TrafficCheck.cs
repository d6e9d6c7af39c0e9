using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Routing;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>Whether weights reach the versions: Services, routes, and what routes depend on.</summary>
internal sealed class TrafficCheck(IResourceClient client, ClusterFacts facts)
{
    public async Task<IReadOnlyList<CheckLine>> RunAsync(Strategy strategy, CancellationToken cancellationToken)
    {
        var list = new CheckList("Traffic");
        var services = strategy.Services;
        Service(list, services.Stable, "stableService", facts.StableHash);
        Service(list, services.Canary, "canaryService", facts.CanaryHash.Length > 0 ? facts.CanaryHash : facts.StableHash);
        foreach (var reference in strategy.Routes)
        {
            var router = TrafficRouters.Of(reference);
            Route(list, router.Read(reference, facts.Namespace, services, facts.View), router.Texts);
            foreach (var finding in await router.CheckAsync(reference, client, facts.View, cancellationToken))
                Add(list, finding);
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

    private static void Route(CheckList list, RouteObservation route, RouterTexts texts)
    {
        var (router, kind, inNamespace, name) = route.Reference;
        var title = $"{kind} {inNamespace}/{name}";
        var report = route.Complaint.Length > 0 ? route.Complaint : route.Pending;
        var field = router.Split('.', 2) is [var map, var key] ? $"{map}[\"{key}\"]" : router;
        if (!route.Exists)
            list.Bad($"there is no {title}", $"create it, or correct {TrafficRouters.Path}.{field}");
        else if (route.Rules.IsEmpty)
            list.Bad($"{title} {route.MissingBackend}", texts.BackendRemedy);
        else if (!route.IsAccepted)
            list.Bad($"{title}: {report}", $"kubectl describe {kind.ToLowerInvariant()} {name} -n {inNamespace}");
        else
            list.Ok($"{title} leads to both Services ({string.Join("; ", route.Rules.Select(rule => $"canary {rule.Canary}, stable {rule.Stable}"))})");
    }

    private static void Add(CheckList list, RouterFinding finding)
    {
        switch (finding.State)
        {
            case RouterFinding.Severity.Ok:
                list.Ok(finding.Text);
                break;
            case RouterFinding.Severity.Warning:
                list.Warn(finding.Text, finding.Remedy);
                break;
            default:
                list.Bad(finding.Text, finding.Remedy);
                break;
        }
    }
}
