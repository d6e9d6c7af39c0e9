using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Routing;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>Whether the kinds are installed in a version that is served.</summary>
internal sealed class InstallationCheck(IResourceClient client)
{
    private const string Install = "kubectl apply -k deploy/overlays/crds-immutable-selector";

    /// <summary>Checks the kinds of this program and of the routers that a Rollout chooses.</summary>
    /// <param name="rollout">The Rollout; null where it could not be found.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    public async Task<IReadOnlyList<CheckLine>> RunAsync(JsonObject? rollout, CancellationToken cancellationToken)
    {
        var list = new CheckList("Kinds");
        try
        {
            var missing = new List<string>();
            foreach (var schema in ResourceSchema.All)
                await AddAsync(list, $"{schema.Plural}.{schema.Group}", ["v1alpha1"], missing, cancellationToken);
            if (missing.Count > 0)
                list.Bad($"not installed: {string.Join(", ", missing)}", Install);
            else
                list.Ok($"{string.Join(", ", ResourceSchema.All.Select(schema => schema.Plural))} are served in v1alpha1");
            ITrafficRouter[] chosen = rollout is null ? [] : [.. TrafficRouters.ChosenBy(rollout)];
            foreach (var router in chosen.Length > 0 ? chosen : [.. TrafficRouters.All])
                await RouterAsync(list, router, cancellationToken);
        }
        catch (ResourceException failure) when (failure.IsForbidden)
        {
            list.Warn("you may not read CustomResourceDefinitions, so whether all kinds are served isn't checked");
        }

        return list.Lines;
    }

    private async Task RouterAsync(CheckList list, ITrafficRouter router, CancellationToken cancellationToken)
    {
        foreach (var type in router.Types)
        {
            var missing = new List<string>();
            await AddAsync(list, type.Type.QualifiedName, [.. type.Versions.Select(version => version.Version)], missing, cancellationToken);
            if (missing.Count > 0)
                list.Bad($"{router.Texts.Product} is not installed: there is no kind {type.Type.Kind}", router.Texts.Installation);
            else
                list.Ok($"{type.Type.Kind}s of {router.Texts.Product} are served");
        }
    }

    private async Task AddAsync(CheckList list, string name, string[] versions, List<string> missing, CancellationToken cancellationToken)
    {
        var definition = await client.GetAsync(ResourceType.CustomResourceDefinitions, new ResourceKey(null, name), cancellationToken);
        if (definition is null)
            missing.Add(name);
        else if (!definition.Items("spec", "versions").Any(version => version.Flag("served") && versions.Contains(version.Text("name"))))
            list.Bad($"{name} serves none of the versions {string.Join(", ", versions)}", Install);
        else if (definition.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Established") is JsonObject { } established && established.Text("status") != "True")
            list.Bad($"{name} is not established: {established.Text("message")}", $"kubectl describe crd {name}");
    }
}
