using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Checks what a Rollout of any strategy names: the workload, and the labels of its pods.</summary>
internal static class ReferenceRule
{
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
        return errors.ToImmutable();
    }
}
