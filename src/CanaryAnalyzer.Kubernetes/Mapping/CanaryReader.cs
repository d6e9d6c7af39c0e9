using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using Wire = CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Reads the canary strategy.</summary>
internal static class CanaryReader
{
    private const string Path = "spec.strategy.canary";

    public static CanaryStrategy? Read(Wire.CanaryStrategy wire, string inNamespace, ImmutableArray<SpecError>.Builder errors)
    {
        Unsupported.InCanary(wire, Path, errors);
        var routes = RouteReader.Read(wire.TrafficRouting, inNamespace, errors);
        var steps = StepReader.Read(wire.Steps ?? [], $"{Path}.steps", errors);
        if (wire.TrafficRouting is not null) Services(wire, errors);
        var unavailable = Count(wire.MaxUnavailable, $"{Path}.maxUnavailable", errors);
        var surge = Count(wire.MaxSurge, $"{Path}.maxSurge", errors);
        if (unavailable is { Value: 0 } && surge is { Value: 0 }) errors.Add(new SpecError($"{Path}.maxSurge", "MaxSurge and MaxUnavailable both can not be zero"));
        Delays(wire, errors);
        var background = Background(wire.Analysis, errors);
        var threshold = Threshold(wire.ReplicaProgressThreshold, errors);
        if (errors.Count > 0) return null;
        return new CanaryStrategy
        {
            CanaryService = wire.CanaryService!,
            StableService = wire.StableService!,
            Steps = steps,
            Routes = routes,
            MaxSurge = surge ?? CountOrShare.OfShare(25),
            MaxUnavailable = unavailable ?? CountOrShare.OfShare(25),
            ScaleDownDelay = TimeSpan.FromSeconds(wire.ScaleDownDelaySeconds ?? 30),
            ScaleDownDelayRevisionLimit = wire.ScaleDownDelayRevisionLimit,
            AbortScaleDownDelay = wire.AbortScaleDownDelaySeconds == 0 ? null : TimeSpan.FromSeconds(wire.AbortScaleDownDelaySeconds ?? 30),
            MinPodsPerReplicaSet = wire.MinPodsPerReplicaSet,
            Threshold = threshold,
            Background = background,
        };
    }

    private static void Services(Wire.CanaryStrategy wire, ImmutableArray<SpecError>.Builder errors)
    {
        const string message = "Canary service and Stable service must to be set to use Traffic Routing";
        if (string.IsNullOrEmpty(wire.CanaryService)) errors.Add(new SpecError($"{Path}.canaryService", message));
        if (string.IsNullOrEmpty(wire.StableService)) errors.Add(new SpecError($"{Path}.stableService", message));
        if (!string.IsNullOrEmpty(wire.CanaryService) && wire.CanaryService == wire.StableService)
            errors.Add(new SpecError($"{Path}.stableService", "This rollout uses the same service for the stable and canary services, but two different services are required."));
    }

    private static void Delays(Wire.CanaryStrategy wire, ImmutableArray<SpecError>.Builder errors)
    {
        if (wire.ScaleDownDelaySeconds < 0) errors.Add(new SpecError($"{Path}.scaleDownDelaySeconds", "must be zero or more"));
        if (wire.AbortScaleDownDelaySeconds < 0) errors.Add(new SpecError($"{Path}.abortScaleDownDelaySeconds", "must be zero or more; zero keeps the canary's pods for ever"));
        if (wire.ScaleDownDelayRevisionLimit < 0) errors.Add(new SpecError($"{Path}.scaleDownDelayRevisionLimit", "must be zero or more"));
        if (wire.MinPodsPerReplicaSet < 1) errors.Add(new SpecError($"{Path}.minPodsPerReplicaSet", "must be one or more"));
    }

    private static BackgroundAnalysis? Background(Wire.CanaryStrategy.BackgroundAnalysis? wire, ImmutableArray<SpecError>.Builder errors)
    {
        if (wire is null) return null;
        var analysis = AnalysisReader.Read(wire.Templates, wire.Args, wire.DryRun, wire.MeasurementRetention, wire.AnalysisRunMetadata, $"{Path}.analysis", errors);
        if (wire.StartingStep < 0) errors.Add(new SpecError($"{Path}.analysis.startingStep", $"must be zero or more, got {wire.StartingStep}"));
        return analysis is null ? null : new BackgroundAnalysis(analysis, wire.StartingStep ?? 0);
    }

    private static ProgressThreshold Threshold(Wire.CanaryStrategy.ProgressThreshold? wire, ImmutableArray<SpecError>.Builder errors)
    {
        if (wire is not null && wire.Type is not ("Pods" or "Percent"))
            errors.Add(new SpecError($"{Path}.replicaProgressThreshold.type", $"expected Percent or Pods, got \"{wire.Type}\""));
        return wire switch
        {
            { Type: "Pods", Value: >= 0 and var pods } => new ProgressThreshold(null, pods),
            { Type: "Percent", Value: >= 0 and var percent } => new ProgressThreshold(percent, null),
            _ => ProgressThreshold.All,
        };
    }

    // A number in quotes looks like the one that is expected.
    private static string Shown(IntOrString given) => given.Text is not { } text ? given.ToString()
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _) ? $"the string \"{text}\": write {text} without quotes"
        : $"\"{text}\"";

    private static CountOrShare? Count(IntOrString? value, string path, ImmutableArray<SpecError>.Builder errors)
    {
        if (value is not { } given) return null;
        if (given.Number is >= 0 and var number) return CountOrShare.OfCount(number);
        var text = given.Text ?? "";
        if (text.EndsWith('%') && int.TryParse(text[..^1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var share))
            return CountOrShare.OfShare(share);
        errors.Add(new SpecError(path, $"expected a number of pods such as 1, or a share such as 25%, got {Shown(given)}"));
        return null;
    }
}
