using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Checks the objects that a Rollout names: the workload, the Services, the routes.</summary>
internal static class ReferenceRule
{
    private const string Canary = "spec.strategy.canary";
    private const string HashLabel = "rollouts-pod-template-hash";

    public static ImmutableArray<SpecError> Check(RolloutObservation seen, RolloutSpec spec)
    {
        var errors = ImmutableArray.CreateBuilder<SpecError>();
        if (seen.Template is not { } template)
        {
            // An inline template is absent only where the API server refuses it, which is an error of its own.
            if (spec.Workload is { } workload) errors.Add(new SpecError("spec.workloadRef.name", $"{workload.Kind} \"{workload.Name}\" not found in namespace {seen.Identity.Namespace}"));
            return errors.ToImmutable();
        }

        var unmatched = spec.MatchLabels.FirstOrDefault(l => template.Labels.GetValueOrDefault(l.Key) != l.Value);
        if (unmatched.Key is not null)
            errors.Add(new SpecError("spec.selector.matchLabels", $"the pod template lacks the label {unmatched.Key}={unmatched.Value}; selector and template labels must match"));
        Service(errors, seen, template, seen.CanaryService, $"{Canary}.canaryService", spec.Canary.CanaryService);
        Service(errors, seen, template, seen.StableService, $"{Canary}.stableService", spec.Canary.StableService);
        foreach (var route in seen.Routes) Route(errors, route, spec.Canary);
        return errors.ToImmutable();
    }

    private static void Service(
        ImmutableArray<SpecError>.Builder errors, RolloutObservation seen, PodTemplate template, ServiceObservation? service, string path, string name)
    {
        if (service is null)
        {
            errors.Add(new SpecError(path, $"service \"{name}\" not found in namespace {seen.Identity.Namespace}"));
            return;
        }

        if (service.ManagedBy.Length > 0 && service.ManagedBy != seen.Identity.Name)
            errors.Add(new SpecError(path, $"Service \"{name}\" is managed by another Rollout ({service.ManagedBy})"));
        var unmatched = service.Selector.FirstOrDefault(l => l.Key != HashLabel && template.Labels.GetValueOrDefault(l.Key) != l.Value);
        if (unmatched.Key is not null)
            errors.Add(new SpecError(path, $"Service \"{name}\" has unmatch label \"{unmatched.Key}\" in rollout: it selects {unmatched.Key}={unmatched.Value}, which the pod template lacks"));
    }

    private static void Route(ImmutableArray<SpecError>.Builder errors, RouteObservation route, CanaryStrategy canary)
    {
        const string Path = Canary + ".trafficRouting.plugins.argoproj-labs/gatewayAPI";
        var (routeNamespace, name) = route.Reference;
        if (!route.Exists) errors.Add(new SpecError(Path, $"HTTPRoute \"{name}\" not found in namespace {routeNamespace}"));
        else if (route.Rules.IsEmpty)
            errors.Add(new SpecError(Path, $"HTTPRoute \"{name}\" has no rule whose backendRefs name both Services {canary.CanaryService} and {canary.StableService}"));
    }
}
