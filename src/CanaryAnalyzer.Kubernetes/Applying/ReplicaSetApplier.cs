using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Makes, sizes and deletes ReplicaSets.</summary>
internal sealed class ReplicaSetApplier(IResourceClient client, IClusterView view, TemplateDefaults defaults)
{
    private static readonly string[] NotCopied =
    [
        "kubectl.kubernetes.io/last-applied-configuration", Markers.Revision, Markers.RevisionHistory, Markers.DesiredReplicas, Markers.Template,
    ];

    public async Task CreateAsync(Effect.CreateReplicaSet effect, EffectTarget target, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(ResourceType.ReplicaSets, target.Namespace, ReplicaSet(effect, target), dryRun: false, cancellationToken);
        }
        catch (ResourceException exception) when (exception.IsAlreadyExists)
        {
            // Ours from a pass that was cut short: the next one sees it. Somebody else's: that pass will find the name taken.
        }
        catch (ResourceException exception) when (exception.IsInvalid && effect.Origin.Length > 0 && defaults.Doubt(effect.Origin))
        {
            // Where it is the template that is refused, the next reconcile finds out and names it.
            throw new ResourceException(HttpStatusCode.Conflict, "Conflict", exception.Message, cause: exception);
        }
    }

    public async Task UpdateAsync(Effect.UpdateReplicaSet effect, EffectTarget target, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(target.Namespace, effect.Name);
        if (view.Get(ResourceType.ReplicaSets, key) is not { } seen) return;
        var metadata = new JsonObject { ["resourceVersion"] = seen.ResourceVersion() };
        var spec = new JsonObject();
        var annotations = new JsonObject();
        if (effect.Replicas is { } replicas) spec["replicas"] = replicas;
        if (effect.MinReadySeconds is { } seconds) spec["minReadySeconds"] = seconds;
        if (effect.RolloutReplicas is { } desired) annotations[Markers.DesiredReplicas] = Text(desired);
        if (effect.Deadline.IsChange) annotations[Markers.ScaleDownDeadline] = effect.Deadline.Deadline is { } deadline ? KubernetesTime.Format(deadline) : null;
        if (effect.Revision is { } revision)
        {
            annotations[Markers.Revision] = Text(revision.Revision);
            if (revision.History.Length > 0) annotations[Markers.RevisionHistory] = revision.History;
        }

        if (annotations.Count > 0) metadata["annotations"] = annotations;
        var patch = new JsonObject { ["metadata"] = metadata };
        if (spec.Count > 0) patch["spec"] = spec;
        await client.MergePatchAsync(ResourceType.ReplicaSets, key, patch, null, cancellationToken);
    }

    // On whatever version of it there is now: this pass may just have scaled it, and nobody else writes this annotation.
    public async Task RecordAsync(Effect.RecordRelease effect, EffectTarget target, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(target.Namespace, effect.ReplicaSet);
        if (view.Get(ResourceType.ReplicaSets, key) is not { } seen || seen.Annotations().GetValueOrDefault(Markers.Release) == effect.Record) return;
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["uid"] = seen.Uid(), ["annotations"] = new JsonObject { [Markers.Release] = effect.Record } } };
        try
        {
            await client.MergePatchAsync(ResourceType.ReplicaSets, key, patch, null, cancellationToken);
        }
        catch (ResourceException exception) when (exception.IsNotFound)
        {
            // Its release has nowhere to be kept any more; the log has it.
        }
    }

    public async Task DeleteAsync(Effect.DeleteReplicaSet effect, EffectTarget target, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(target.Namespace, effect.Name);
        if (view.Get(ResourceType.ReplicaSets, key) is not { } seen || seen.IsDeleting()) return;
        await client.DeleteAsync(ResourceType.ReplicaSets, key, new DeleteOptions { Uid = seen.Uid(), ResourceVersion = seen.ResourceVersion() }, cancellationToken);
    }

    private static JsonObject ReplicaSet(Effect.CreateReplicaSet effect, EffectTarget target)
    {
        var template = (JsonObject)JsonNode.Parse(effect.Template)!;
        if (template["metadata"] is not JsonObject metadata) template["metadata"] = metadata = [];
        if (metadata["labels"] is not JsonObject labels) metadata["labels"] = labels = [];
        labels[Markers.PodHash] = effect.Hash;
        var selector = (JsonObject)JsonNode.Parse(effect.Selector)!;
        if (selector["matchLabels"] is not JsonObject matchLabels) selector["matchLabels"] = matchLabels = [];
        matchLabels[Markers.PodHash] = effect.Hash;
        var annotations = new JsonObject { [Markers.Revision] = Text(effect.Revision) };
        if (effect.RolloutReplicas is { } desired) annotations[Markers.DesiredReplicas] = Text(desired);
        foreach (var (name, value) in target.Annotations)
        {
            if (!NotCopied.Contains(name) && !name.Contains("notifications.argoproj.io", StringComparison.Ordinal)) annotations[name] = value;
        }

        if (effect.Origin.Length > 0) annotations[Markers.Template] = effect.Origin;
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject
            {
                ["name"] = effect.Name,
                ["namespace"] = target.Namespace,
                ["labels"] = labels.DeepClone(),
                ["annotations"] = annotations,
                ["ownerReferences"] = new JsonArray(Ownership.ReferenceTo(target.Owner)),
            },
            ["spec"] = new JsonObject
            {
                ["replicas"] = effect.Replicas,
                ["minReadySeconds"] = effect.MinReadySeconds,
                ["selector"] = selector,
                ["template"] = template,
            },
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

}
