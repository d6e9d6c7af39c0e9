using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Hosting;

/// <summary>The cluster and the namespace that the global options name.</summary>
internal sealed class Cluster(ClusterConnection connection, string? chosenNamespace) : IDisposable
{
    public IResourceClient Resources => connection.Resources;

    /// <summary>The cluster's Services, through its API server.</summary>
    public ServiceProxy Services => new(connection);

    public string Namespace { get; } = string.IsNullOrEmpty(chosenNamespace) ? connection.Namespace : chosenNamespace;

    /// <summary>Reads a Rollout.</summary>
    /// <exception cref="CliException">There is none of that name; the message has one that looks alike.</exception>
    public async Task<JsonObject> GetRolloutAsync(string name, CancellationToken cancellationToken) =>
        await Resources.GetAsync(ResourceType.Rollouts, new ResourceKey(Namespace, name), cancellationToken)
        ?? throw await NotFoundAsync(name, cancellationToken);

    /// <summary>Lists objects; where their kind isn't installed there are none.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(ResourceType type, CancellationToken cancellationToken)
    {
        try
        {
            return (await Resources.ListAsync(type, new ListOptions { Namespace = Namespace }, cancellationToken)).Items;
        }
        catch (ResourceException failure) when (failure.IsNotFound)
        {
            return [];
        }
    }

    public void Dispose() => connection.Dispose();

    private async Task<CliException> NotFoundAsync(string name, CancellationToken cancellationToken)
    {
        var text = $"rollouts.argoproj.io \"{name}\" not found in namespace {Namespace}";
        try
        {
            var all = await Resources.ListAsync(ResourceType.Rollouts, new ListOptions { Namespace = Namespace }, cancellationToken);
            var near = NearestWord.Of(name, all.Items.Select(rollout => rollout.Text("metadata", "name") ?? ""));
            return new CliException(near is null ? text : $"{text}; did you mean \"{near}\"?");
        }
        catch (ResourceException failure) when (failure.IsNotFound)
        {
            return NotInstalled();
        }
        catch (ResourceException)
        {
            // Whoever may read one Rollout needn't be allowed to list them all.
            return new CliException(text);
        }
    }

    public static CliException NotInstalled() =>
        new("this cluster has no Rollouts: the CustomResourceDefinition rollouts.argoproj.io isn't installed");
}
