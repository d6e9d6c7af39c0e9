using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using Wire = CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Reads a Rollout's spec into what decisions are made on. Total: what cannot be read is an error with its place.</summary>
public static class RolloutReader
{
    private static readonly ResourceSchema Schema = ResourceSchema.Of("Rollout");

    /// <summary>Reads the spec and lists all that is wrong with it.</summary>
    /// <param name="resource">The Rollout as the API server has it.</param>
    /// <returns>The spec, or null where there are errors.</returns>
    public static (RolloutSpec? Spec, ImmutableArray<SpecError> Errors) Read(JsonObject resource)
    {
        if (!SchemaErrors.Unreadable(resource, Schema).IsEmpty) return (null, SchemaErrors.Find(resource, Schema));
        var errors = ImmutableArray.CreateBuilder<SpecError>();
        var wire = resource["spec"].Deserialize<Wire.RolloutSpec>(WireJson.Options);
        if (wire is null) return (null, [new SpecError("spec", "is required")]);
        var strategy = Strategy(wire, resource["metadata"]?["namespace"]?.GetValue<string>() ?? "default", errors);
        Check(wire, errors);
        var all = SchemaErrors.AddTo(errors.ToImmutable(), resource, Schema);
        return all.IsEmpty && strategy is not null ? (Spec(wire, strategy), []) : (null, all);
    }

    private static RolloutSpec Spec(Wire.RolloutSpec wire, Strategy strategy) => new()
    {
        Replicas = wire.Replicas ?? 1,
        Paused = wire.Paused ?? false,
        MinReadySeconds = wire.MinReadySeconds ?? 0,
        ProgressDeadline = TimeSpan.FromSeconds(wire.ProgressDeadlineSeconds ?? 600),
        ProgressDeadlineAbort = wire.ProgressDeadlineAbort ?? false,
        RevisionHistoryLimit = wire.RevisionHistoryLimit ?? 10,
        MatchLabels = LabelSelectors.MatchLabels(wire.Selector),
        SelectorText = LabelSelectors.Text(wire.Selector),
        Workload = wire.WorkloadRef is { } workload ? new Core.Rollouts.Specs.WorkloadReference(workload.Kind!, workload.Name!, ScaleDown(workload.ScaleDown)) : null,
        Strategy = strategy,
        SuccessfulRunHistoryLimit = wire.Analysis?.SuccessfulRunHistoryLimit ?? 5,
        UnsuccessfulRunHistoryLimit = wire.Analysis?.UnsuccessfulRunHistoryLimit ?? 5,
    };

    private static Strategy? Strategy(Wire.RolloutSpec wire, string inNamespace, ImmutableArray<SpecError>.Builder errors)
    {
        switch (wire.Strategy)
        {
            case { BlueGreen: not null, Canary: not null }:
                errors.Add(new SpecError("spec.strategy", "Multiple Strategies can not be listed: keep canary"));
                return null;
            case { BlueGreen: not null }:
                errors.Add(new SpecError("spec.strategy.blueGreen", "is not supported here; use spec.strategy.canary"));
                return null;
            case { Canary: { } canary }:
                return CanaryReader.Read(canary, inNamespace, errors);
            default:
                errors.Add(new SpecError("spec.strategy", "Rollout has missing field 'spec.strategy.canary'"));
                return null;
        }
    }

    private static void Check(Wire.RolloutSpec wire, ImmutableArray<SpecError>.Builder errors)
    {
        if (wire.Replicas < 0) errors.Add(new SpecError("spec.replicas", "must be zero or more"));
        if (wire.MinReadySeconds < 0) errors.Add(new SpecError("spec.minReadySeconds", "must be zero or more"));
        if ((wire.ProgressDeadlineSeconds ?? 600) <= (wire.MinReadySeconds ?? 0))
            errors.Add(new SpecError("spec.progressDeadlineSeconds", "must be greater than minReadySeconds"));
        if (wire.RevisionHistoryLimit < 0) errors.Add(new SpecError("spec.revisionHistoryLimit", "must be zero or more"));
        if (wire.Selector is null ? wire.WorkloadRef is null : wire.Selector.MatchLabels is not { Count: > 0 } && wire.Selector.MatchExpressions is not { Count: > 0 })
            errors.Add(new SpecError("spec.selector", "Rollout has missing field '.spec.selector': give it the labels of the pod template"));
        if (wire.RestartAt is not null) errors.Add(new SpecError("spec.restartAt", "is not supported here; change an annotation of the pod template to restart the pods"));
        if (wire.RollbackWindow is not null) errors.Add(new SpecError("spec.rollbackWindow", "is not supported here; a return to the stable version skips the steps without it"));
        Template(wire, errors);
    }

    private static void Template(Wire.RolloutSpec wire, ImmutableArray<SpecError>.Builder errors)
    {
        if (wire.WorkloadRef is not { } workload)
        {
            var hasTemplate = wire.Template is { ValueKind: JsonValueKind.Object } template && template.TryGetProperty("spec", out var pod)
                && pod.ValueKind == JsonValueKind.Object && pod.TryGetProperty("containers", out _);
            if (!hasTemplate) errors.Add(new SpecError("spec.template", "Rollout has missing field '.spec.template': give a pod template or a workloadRef"));
            return;
        }

        if (!IsEmpty(wire.Template)) errors.Add(new SpecError("spec.template", "template must be empty for workload reference rollout: remove it, or workloadRef"));
        if (string.IsNullOrEmpty(workload.Name)) errors.Add(new SpecError("spec.workloadRef.name", "is required"));
        if (workload.Kind != "Deployment" || workload.ApiVersion != "apps/v1")
            errors.Add(new SpecError("spec.workloadRef.kind", $"{workload.ApiVersion} {workload.Kind} is not supported here; reference an apps/v1 Deployment"));
        if (workload.ScaleDown is not (null or "" or "never" or "onsuccess" or "progressively"))
            errors.Add(new SpecError("spec.workloadRef.scaleDown", $"expected never, onsuccess or progressively, got \"{workload.ScaleDown}\""));
    }

    // Go clients write an absent template as {"metadata": {"creationTimestamp": null}, "spec": {"containers": null}}.
    private static bool IsEmpty(JsonElement? json) => json is not { } value || value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.Object => value.EnumerateObject().All(field => IsEmpty(field.Value)),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };

    private static ScaleDownMode ScaleDown(string? text) => text switch
    {
        "onsuccess" => ScaleDownMode.OnSuccess,
        "progressively" => ScaleDownMode.Progressively,
        _ => ScaleDownMode.Never,
    };
}
