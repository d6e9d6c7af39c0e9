using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Changing;

/// <summary>
/// Writes what a person wants of a Rollout, each time on the condition that it is the version which was read, so that nothing happens to a
/// state that the person didn't see.
/// </summary>
internal sealed class RolloutWriter(Cluster cluster)
{
    private const int MaxTries = 5;

    /// <summary>Plans on the Rollout as it is, and writes. Returns what to say.</summary>
    /// <exception cref="CliException">The Rollout is now in another state than the one the plan was made for.</exception>
    public async Task<string> ChangeAsync(string name, Func<JsonObject, RolloutChange> plan, CancellationToken cancellationToken)
    {
        var rollout = await cluster.GetRolloutAsync(name, cancellationToken);
        var first = plan(rollout);
        var change = first;
        for (var attempt = 1; !change.IsEmpty; attempt++)
        {
            try
            {
                await WriteAsync(rollout, change, cancellationToken);
                return first.Done;
            }
            catch (ResourceException failure) when (failure.IsConflict && attempt < MaxTries)
            {
                rollout = await cluster.GetRolloutAsync(name, cancellationToken);
                change = plan(rollout);
                if (change.Intent != first.Intent)
                    throw new CliException($"rollout '{name}' changed in the meantime: it was {first.Intent} and is now {change.Intent}; nothing was done");
            }
        }

        return change.Done;
    }

    private async Task WriteAsync(JsonObject rollout, RolloutChange change, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(cluster.Namespace, rollout.Text("metadata", "name")!);
        if (change.Status is not null)
            await WriteStatusAsync(key, Patch(rollout, "status", change.Status), cancellationToken);
        if (change.Spec is null)
            return;

        // With the status written on its condition the decision has fallen; the controller may have gone on since, and that must not stop the rest of it.
        var patch = change.Status is null ? Patch(rollout, "spec", change.Spec) : new JsonObject { ["spec"] = change.Spec.DeepClone() };
        await cluster.Resources.MergePatchAsync(ResourceType.Rollouts, key, patch, subresource: null, cancellationToken);
    }

    private async Task WriteStatusAsync(ResourceKey key, JsonObject patch, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.Resources.MergePatchAsync(ResourceType.Rollouts, key, patch, "status", cancellationToken);
        }
        catch (ResourceException failure) when (failure.IsNotFound)
        {
            // Very old definitions of the kind have no status subresource.
            await cluster.Resources.MergePatchAsync(ResourceType.Rollouts, key, patch, subresource: null, cancellationToken);
        }
    }

    private static JsonObject Patch(JsonObject rollout, string part, JsonObject content) => new()
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = rollout.Text("metadata", "resourceVersion") },
        [part] = content.DeepClone(),
    };
}
