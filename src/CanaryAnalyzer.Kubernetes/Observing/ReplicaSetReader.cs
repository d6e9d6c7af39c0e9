using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Reads a ReplicaSet.</summary>
internal static class ReplicaSetReader
{
    /// <summary>Reads a ReplicaSet of a Rollout.</summary>
    /// <param name="resource">The ReplicaSet.</param>
    /// <param name="wanted">The wanted template in its canonical form; null where there is none.</param>
    /// <param name="origin">The origin of the wanted template; null where it is not inline. A ReplicaSet of the same origin has it.</param>
    public static ReplicaSetObservation Read(JsonObject resource, string? wanted, string? origin = null)
    {
        var annotations = resource.Annotations();
        var template = resource.At("spec", "template") as JsonObject ?? [];
        var failure = resource.Objects("status", "conditions").FirstOrDefault(c => c.Text("type") == "ReplicaFailure" && c.Text("status") == "True");

        // A ReplicaSet whose controller has not yet seen the last change has counts of before it: pods that it shall lose are as good as gone, the others stay.
        var isObserved = (resource.Whole("status", "observedGeneration") ?? 0) >= resource.Generation();
        var desired = resource.Whole("spec", "replicas") ?? 1;
        var available = resource.Whole("status", "availableReplicas") ?? 0;
        return new ReplicaSetObservation
        {
            Name = resource.Name(),
            Hash = resource.Labels().GetValueOrDefault(Markers.PodHash, ""),
            Revision = Number(annotations.GetValueOrDefault(Markers.Revision)) ?? 0,
            RevisionHistory = annotations.GetValueOrDefault(Markers.RevisionHistory, ""),
            CreatedAt = resource.CreatedAt(),
            IsWanted = (origin is not null && annotations.GetValueOrDefault(Markers.Template) == origin)
                || wanted is not null && TemplateComparison.Canonical(template, annotations.GetValueOrDefault(Markers.EphemeralMetadata)) == wanted,
            Desired = desired,
            Created = resource.Whole("status", "replicas") ?? 0,
            Ready = resource.Whole("status", "readyReplicas") ?? 0,
            Available = isObserved ? available : Math.Min(available, desired),
            MinReadySeconds = resource.Whole("spec", "minReadySeconds") ?? 0,
            RolloutReplicas = Number(annotations.GetValueOrDefault(Markers.DesiredReplicas)),
            ScaleDownDeadline = KubernetesTime.Parse(annotations.GetValueOrDefault(Markers.ScaleDownDeadline)),
            Images = [.. template.Objects("spec", "containers").Select(c => c.Text("image") ?? "")],
            Failure = failure?.Text("message") ?? "",
        };
    }

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
