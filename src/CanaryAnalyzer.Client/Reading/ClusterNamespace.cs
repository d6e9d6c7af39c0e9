using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Reading;

/// <summary>A namespace of a cluster with its Rollouts.</summary>
/// <param name="resources">The API server's client.</param>
/// <param name="name">The namespace.</param>
public sealed class ClusterNamespace(IResourceClient resources, string name)
{
    /// <summary>The API server's client.</summary>
    public IResourceClient Resources => resources;

    /// <summary>The namespace.</summary>
    public string Name => name;

    /// <summary>Reads a Rollout.</summary>
    /// <exception cref="ClientException">There is none of that name; the message has one that looks alike.</exception>
    public async Task<JsonObject> GetRolloutAsync(string rollout, CancellationToken cancellationToken) =>
        await resources.GetAsync(ResourceType.Rollouts, new ResourceKey(name, rollout), cancellationToken) ?? throw await NotFoundAsync(rollout, cancellationToken);

    /// <summary>Lists objects; where their kind isn't installed there are none.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(ResourceType type, CancellationToken cancellationToken)
    {
        try
        {
            return (await resources.ListAsync(type, new ListOptions { Namespace = name }, cancellationToken)).Items;
        }
        catch (ResourceException failure) when (failure.IsNotFound)
        {
            return [];
        }
    }

    /// <summary>That the cluster has no kind Rollout.</summary>
    public static ClientException NotInstalled() =>
        new("this cluster has no Rollouts: the CustomResourceDefinition rollouts.argoproj.io isn't installed");

    private async Task<ClientException> NotFoundAsync(string rollout, CancellationToken cancellationToken)
    {
        var message = $"rollouts.argoproj.io \"{rollout}\" not found in namespace {name}";
        try
        {
            var all = await resources.ListAsync(ResourceType.Rollouts, new ListOptions { Namespace = name }, cancellationToken);
            var near = NearestWord.Of(rollout, all.Items.Select(other => other.Name()));
            return new ClientException(near is null ? message : $"{message}; did you mean \"{near}\"?");
        }
        catch (ResourceException failure) when (failure.IsNotFound)
        {
            return NotInstalled();
        }
        catch (ResourceException)
        {
            // Whoever may read one Rollout needn't be allowed to list them all.
            return new ClientException(message);
        }
    }
}
