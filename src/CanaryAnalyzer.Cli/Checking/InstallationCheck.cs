using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>Whether the kinds are installed in a version that is served.</summary>
internal sealed class InstallationCheck(IResourceClient client)
{
    private const string Install = "kubectl apply -k deploy/overlays/crds-immutable-selector";

    public async Task<IReadOnlyList<CheckLine>> RunAsync(CancellationToken cancellationToken)
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
            missing.Clear();
            await AddAsync(list, ResourceType.HttpRoutes.QualifiedName, ["v1", "v1beta1"], missing, cancellationToken);
            if (missing.Count > 0)
                list.Bad("the Gateway API is not installed: there is no kind HTTPRoute", "install the Gateway API's standard CustomResourceDefinitions and a gateway that implements them");
            else
                list.Ok("HTTPRoutes of the Gateway API are served");
        }
        catch (ResourceException failure) when (failure.IsForbidden)
        {
            list.Warn("you may not read CustomResourceDefinitions, so whether all kinds are served isn't checked");
        }

        return list.Lines;
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
