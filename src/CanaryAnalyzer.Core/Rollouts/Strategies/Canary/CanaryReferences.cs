using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>Checks the objects that a canary names: its Services and its routes.</summary>
internal static class CanaryReferences
{
    private const string Canary = "spec.strategy.canary";
    private const string HashLabel = "rollouts-pod-template-hash";

    /// <summary>What is wrong with them, given the wanted pod template.</summary>
    public static ImmutableArray<SpecError> Check(RolloutObservation seen, CanaryStrategy canary, PodTemplate template)
    {
        var errors = ImmutableArray.CreateBuilder<SpecError>();
        Service(errors, seen, template, seen.CanaryService, $"{Canary}.canaryService", canary.CanaryService);
        Service(errors, seen, template, seen.StableService, $"{Canary}.stableService", canary.StableService);
        foreach (var route in seen.Routes) Route(errors, route);
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

    private static void Route(ImmutableArray<SpecError>.Builder errors, RouteObservation route)
    {
        var (router, kind, routeNamespace, name) = route.Reference;
        var path = $"{Canary}.trafficRouting.{router}";
        if (!route.Exists) errors.Add(new SpecError(path, $"{kind} \"{name}\" not found in namespace {routeNamespace}"));
        else if (route.Rules.IsEmpty) errors.Add(new SpecError(path, $"{kind} \"{name}\" {route.MissingBackend}"));
    }
}
