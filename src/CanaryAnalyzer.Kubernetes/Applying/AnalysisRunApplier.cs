using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>Makes, ends and deletes AnalysisRuns.</summary>
internal sealed class AnalysisRunApplier(IResourceClient client, IClusterView view, IAnalysisPlanner planner)
{
    public async Task CreateAsync(Effect.CreateAnalysisRun effect, EffectTarget target, CancellationToken cancellationToken)
    {
        var plan = planner.Plan(effect.Analysis, target.Namespace, target.Resource);
        var watch = plan.Watch is { } comparisons ? AnalysisRunJson.Write(comparisons) : null;
        if ((effect.Kind == AnalysisRunKind.Release ? watch : plan.Spec) is not { } spec)
            throw new ResourceException(HttpStatusCode.UnprocessableEntity, "Invalid", $"AnalysisRun {effect.Name} cannot be made: {string.Join("; ", plan.Errors)}");
        var run = new JsonObject
        {
            ["apiVersion"] = "argoproj.io/v1alpha1",
            ["kind"] = "AnalysisRun",
            ["metadata"] = Metadata(effect, target),
            ["spec"] = spec,
        };
        try
        {
            await client.CreateAsync(ResourceType.AnalysisRuns, target.Namespace, run, dryRun: false, cancellationToken);
        }
        catch (ResourceException exception) when (exception.IsAlreadyExists)
        {
            // Made by a pass that was cut short; the next pass sees it and follows it.
        }
    }

    public async Task TerminateAsync(Effect.TerminateAnalysisRun effect, EffectTarget target, CancellationToken cancellationToken)
    {
        var patch = new JsonObject { ["spec"] = new JsonObject { ["terminate"] = true } };
        try
        {
            await client.MergePatchAsync(ResourceType.AnalysisRuns, new ResourceKey(target.Namespace, effect.Name), patch, null, cancellationToken);
        }
        catch (ResourceException exception) when (exception.IsNotFound)
        {
            // It is gone, which ends it as well.
        }
    }

    public async Task DeleteAsync(Effect.DeleteAnalysisRun effect, EffectTarget target, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(target.Namespace, effect.Name);
        if (view.Get(ResourceType.AnalysisRuns, key) is not { } seen || seen.IsDeleting()) return;
        await client.DeleteAsync(ResourceType.AnalysisRuns, key, new DeleteOptions { Uid = seen.Uid() }, cancellationToken);
    }

    private static JsonObject Metadata(Effect.CreateAnalysisRun effect, EffectTarget target)
    {
        var labels = new JsonObject();
        foreach (var (name, value) in target.Labels.SetItems(effect.Analysis.Labels)) labels[name] = value;
        labels[Markers.PodHash] = effect.PodHash;
        labels[Markers.RunType] = effect.Kind.ToString();
        if (effect.StepIndex is { } index) labels[Markers.StepIndex] = Text(index);
        if (target.InstanceId.Length > 0) labels[Markers.InstanceId] = target.InstanceId;
        var annotations = new JsonObject { [Markers.Revision] = Text(effect.Revision) };
        foreach (var (name, value) in effect.Analysis.Annotations) annotations[name] = value;
        if (effect.Kind is AnalysisRunKind.Pause or AnalysisRunKind.Release)
        {
            annotations[Markers.Fingerprint] = effect.Fingerprint;
            annotations[Markers.Policy] = effect.Policy;
            if (effect.Continues.Length > 0) annotations[Markers.Continues] = effect.Continues;
            if (effect.Anew.Length > 0) annotations[Markers.Anew] = effect.Anew;
            if (effect.IsLastPause) annotations[Markers.LastPause] = "true";
            if (effect.Deadline is { } deadline) annotations[Markers.Deadline] = KubernetesTime.Format(deadline);
        }

        return new JsonObject
        {
            ["name"] = effect.Name,
            ["namespace"] = target.Namespace,
            ["labels"] = labels,
            ["annotations"] = annotations,
            ["ownerReferences"] = new JsonArray(Ownership.ReferenceTo(target.Owner)),
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
