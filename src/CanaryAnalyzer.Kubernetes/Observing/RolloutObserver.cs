using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Rollouts.Hashing;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Mapping;
using CanaryAnalyzer.Kubernetes.Routing;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Gathers the facts about one Rollout. Decides nothing.</summary>
public sealed class RolloutObserver(IClusterView view, IAnalysisPlanner planner, TemplateDefaults defaults, OwnFinalizer finalizer, ClaimRefusals refusals)
{
    private static readonly ResourceSchema Schema = ResourceSchema.Of("Rollout");
    private readonly PolicyObserver policies = new(view, planner);
    private readonly AnalysisChecker analyses = new(planner);

    /// <summary>Observes one Rollout; null where there is none.</summary>
    /// <exception cref="ResourceException">The API server did not answer.</exception>
    public async Task<ObservedRollout?> ObserveAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (view.Get(ResourceType.Rollouts, key) is not { } stored) return null;
        var (resource, unsetReplicas) = AbsentFields.Fill(stored, view);
        var (spec, errors) = RolloutReader.Read(resource);
        var element = JsonSerializer.SerializeToElement(resource);
        var facts = new RolloutObservation
        {
            Identity = new RolloutIdentity
            {
                Namespace = resource.Namespace(),
                Name = resource.Name(),
                Uid = resource.Uid(),
                Generation = resource.Generation(),
                Annotations = resource.Annotations(),
                Resource = element,
                DeletedAt = KubernetesTime.Parse(resource.Text("metadata", "deletionTimestamp")),
                IsNamespaceDeleting = view.Get(ResourceType.Namespaces, new ResourceKey(null, resource.Namespace()))?.IsDeleting() ?? false,
                HasFinalizer = HasFinalizer(resource, finalizer.Name),
            },
            Spec = spec,
            UnsetReplicas = unsetReplicas,
            Errors = errors,
            UnknownFields = [.. UnknownFields.Find(resource, Schema).Select(u => u.ToString())],
            Status = Status(resource, out var unreadable),
        };
        if (unreadable is not null) return new ObservedRollout(facts with { Spec = null, Errors = [unreadable] }, Target(resource, element, null));
        var target = Target(resource, element, spec);
        if (spec is not null) facts = resource.IsDeleting() ? AtItsEnd(facts, spec, resource) : await WithWorldAsync(facts, spec, resource, cancellationToken);
        return new ObservedRollout(facts, target with { Routes = facts.Routes });
    }

    private async Task<RolloutObservation> WithWorldAsync(RolloutObservation facts, RolloutSpec spec, JsonObject resource, CancellationToken cancellationToken)
    {
        var inNamespace = facts.Identity.Namespace;
        var claims = ReplicaSetClaims.Find(resource, spec, view);
        var origin = spec.Workload is null && resource.At("spec", "template") is JsonObject inline ? TemplateOrigin.Of(inline) : null;
        var written = origin is null ? null : Pod((JsonObject)resource.At("spec", "template")!, facts.Status.CollisionCount);
        var isPresent = written?.Hash == facts.Status.CurrentPodHash;
        var isWithoutDefaults = origin is not null && MayDoWithoutDefaults(origin, claims.Owned, isPresent ? "" : facts.Status.CurrentPodHash);
        var (template, workload, error) = isWithoutDefaults ? ((JsonObject)resource.At("spec", "template")!, null, null) : await TemplateAsync(spec, resource, cancellationToken);
        if (error is not null) return facts with { Errors = facts.Errors.Add(error), Template = null };
        var canonical = template is null || isWithoutDefaults ? null : TemplateComparison.Canonical(template, null);
        var pod = template is null ? null : isWithoutDefaults ? written : Pod(template, facts.Status.CollisionCount);
        if (pod is not null && isPresent) pod = pod with { Hash = written!.Hash };
        var owned = claims.Owned.Select(r => ReplicaSetReader.Read(r, canonical, origin)).ToImmutableArray();
        var name = pod is null ? null : view.Get(ResourceType.ReplicaSets, new ResourceKey(inNamespace, $"{facts.Identity.Name}-{pod.Hash}"));
        return facts with
        {
            Errors = facts.Errors.AddRange(analyses.Check(spec, facts.Identity.Resource, inNamespace)),
            Template = pod is null ? null : pod with { Origin = origin ?? "" },
            StepHash = StepHash.Of(Steps(facts.Identity.Resource)),
            IsNameTaken = name is not null && (Ownership.ControllerOf(name) != facts.Identity.Uid || !owned.Any(o => o.Name == name.Name() && o.IsWanted)),
            Workload = workload,
            ReplicaSets = owned,
            Orphans = [.. claims.Orphans.Select(r => r.Name()).Where(n => !refusals.IsRefused(facts.Identity.Uid, n))],
            Strays = [.. claims.Strays.Select(r => r.Name()).Where(n => !refusals.IsRefused(facts.Identity.Uid, n))],
            PodProblems = [.. claims.Owned.SelectMany(r => view.OwnedBy(ResourceType.Pods, r.Uid())).SelectMany(PodReader.Problems)
                .OrderBy(p => p.Kind).ThenByDescending(p => p.Restarts).ThenBy(p => p.Pod, StringComparer.Ordinal).ThenBy(p => p.Container, StringComparer.Ordinal)],
            CanaryService = Service(inNamespace, spec.Strategy.Services.Canary),
            StableService = Service(inNamespace, spec.Strategy.Services.Stable),
            Routes = [.. spec.Strategy.Routes.Select(r => TrafficRouters.Of(r).Read(r, inNamespace, spec.Strategy.Services, view))],
            Runs = [.. view.OwnedBy(ResourceType.AnalysisRuns, facts.Identity.Uid, AnalysisRunReader.ReadUndeleted).OfType<AnalysisRunObservation>()],
            Policies = policies.Observe(resource),
            IsNamespaceHeld = policies.IsHeld(inNamespace),
        };
    }

    // Either a ReplicaSet was made from this very template, or none can have it, whatever the defaults are. The hash of the present version was taken with the defaults
    // where an earlier release of this program made it: without its ReplicaSet only they say whether it is still the same.
    private bool MayDoWithoutDefaults(string origin, IReadOnlyList<JsonObject> owned, string currentHash)
    {
        if (defaults.IsDoubted(origin)) return false;
        var origins = owned.Select(r => r.Annotations().GetValueOrDefault(Markers.Template)).ToList();
        return origins.Contains(origin)
            || (origins.TrueForAll(o => TemplateOrigin.Differ(origin, o)) && (currentHash.Length == 0 || owned.Any(r => r.Labels().GetValueOrDefault(Markers.PodHash) == currentHash)));
    }

    private async Task<(JsonObject? Template, WorkloadObservation? Workload, SpecError? Error)> TemplateAsync(
        RolloutSpec spec, JsonObject resource, CancellationToken cancellationToken)
    {
        if (spec.Workload is { } reference)
        {
            var found = view.Get(ResourceType.Deployments, new ResourceKey(resource.Namespace(), reference.Name));
            return (found.At("spec", "template") as JsonObject, Workload(found), null);
        }

        try
        {
            return (await defaults.FillAsync(resource.Namespace(), (JsonObject)resource.At("spec", "template")!, cancellationToken), null, null);
        }
        catch (ResourceException exception) when (exception.IsInvalid)
        {
            return (null, null, new SpecError("spec.template", exception.Message));
        }
    }

    // What else there is does not matter any more; nothing is created, since its namespace may go, too.
    private RolloutObservation AtItsEnd(RolloutObservation facts, RolloutSpec spec, JsonObject resource)
    {
        var inNamespace = facts.Identity.Namespace;
        var workload = spec.Workload is { } reference ? view.Get(ResourceType.Deployments, new ResourceKey(inNamespace, reference.Name)) : null;
        return facts with
        {
            Workload = workload?.IsDeleting() == true ? null : Workload(workload),
            ReplicaSets = [.. view.OwnedBy(ResourceType.ReplicaSets, resource.Uid()).Where(r => !r.IsDeleting()).Select(r => ReplicaSetReader.Read(r, null))],
            CanaryService = Service(inNamespace, spec.Strategy.Services.Canary),
            StableService = Service(inNamespace, spec.Strategy.Services.Stable),
        };
    }

    private ServiceObservation? Service(string inNamespace, string name) => ServiceReader.Read(view.Get(ResourceType.Services, new ResourceKey(inNamespace, name)), view);

    private static WorkloadObservation? Workload(JsonObject? found) => found is null ? null
        : new WorkloadObservation(found.Name(), found.Generation(), found.Whole("spec", "replicas") ?? 1, Available(found));

    // Until its controller has seen the present size its count is of pods that it may be taking down still.
    private static int Available(JsonObject workload) =>
        workload.Whole("status", "observedGeneration") is { } observed && observed >= workload.Generation() ? workload.Whole("status", "availableReplicas") ?? 0 : 0;

    private static bool HasFinalizer(JsonObject resource, string name) => resource.At("metadata", "finalizers") is JsonArray all && all.Any(f => f?.ToString() == name);

    private RolloutTarget Target(JsonObject resource, JsonElement element, RolloutSpec? spec) =>
        new(resource, RolloutTarget.OwnerOf(resource, element, spec), spec, finalizer);

    private static RolloutStatus Status(JsonObject resource, out SpecError? unreadable)
    {
        unreadable = null;
        try
        {
            return StatusReader.Read(resource);
        }
        catch (JsonException exception)
        {
            // To begin anew would forget an abort, and which version is stable.
            unreadable = new SpecError($"status{exception.Path?.TrimStart('$')}", "cannot be read; mend or remove this field of the status, which says what is stable and what was aborted");
            return new RolloutStatus();
        }
    }

    private static PodTemplate Pod(JsonObject template, int collisionCount)
    {
        var text = template.ToJsonString();
        return new PodTemplate(text, PodHash.OfTemplate(JsonSerializer.Deserialize<JsonElement>(text), collisionCount), template.Labels());
    }

    private static JsonElement? Steps(JsonElement resource) =>
        resource.GetProperty("spec").TryGetProperty("strategy", out var strategy) && strategy.TryGetProperty("canary", out var canary)
        && canary.TryGetProperty("steps", out var steps) ? steps : null;
}
