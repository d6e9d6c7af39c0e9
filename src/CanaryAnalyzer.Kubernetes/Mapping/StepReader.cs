using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Rollouts.Strategies.Canary;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using Wire = CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Reads the steps.</summary>
internal static class StepReader
{
    public static ImmutableArray<CanaryStep> Read(List<Wire.CanaryStep> wire, string path, ImmutableArray<SpecError>.Builder errors)
    {
        var steps = ImmutableArray.CreateBuilder<CanaryStep>();
        for (var i = 0; i < wire.Count; i++)
        {
            if (Step(wire[i], $"{path}[{i}]", errors) is { } step) steps.Add(step);
        }

        return steps.ToImmutable();
    }

    private static CanaryStep? Step(Wire.CanaryStep wire, string path, ImmutableArray<SpecError>.Builder errors)
    {
        object?[] kinds = [wire.SetWeight, wire.Pause, wire.Analysis, wire.SetCanaryScale, wire.Experiment, wire.SetHeaderRoute, wire.SetMirrorRoute, wire.Plugin];
        if (kinds.Count(k => k is not null) != 1)
        {
            var found = kinds.Any(k => k is not null) ? "has more than one" : "has none";
            errors.Add(new SpecError(path, $"Step must have one of the following set: setWeight, pause or analysis; this one {found}"));
            return null;
        }

        Unsupported.InStep(wire, path, errors);
        if (wire.SetWeight is { } weight) return Weight(weight, path, errors);
        if (wire.Pause is { } pause) return Pause(pause, path, errors);
        if (wire.Analysis is not { } run) return null;
        var analysis = AnalysisReader.Read(run.Templates, run.Args, run.DryRun, run.MeasurementRetention, run.AnalysisRunMetadata, $"{path}.analysis", errors);
        return analysis is null ? null : new CanaryStep.Analysis(analysis);
    }

    private static CanaryStep.SetWeight? Weight(int weight, string path, ImmutableArray<SpecError>.Builder errors)
    {
        if (weight is >= 0 and <= TrafficWeights.Max) return new CanaryStep.SetWeight(weight);
        errors.Add(new SpecError($"{path}.setWeight", $"SetWeight needs to be between 0 and {TrafficWeights.Max}, got {weight}"));
        return null;
    }

    private static CanaryStep.Pause? Pause(Wire.CanaryStep.PauseStep pause, string path, ImmutableArray<SpecError>.Builder errors)
    {
        if (pause.Duration is not { } given) return new CanaryStep.Pause(null);
        if (Seconds(given) is { } duration && duration >= TimeSpan.Zero) return new CanaryStep.Pause(duration);
        errors.Add(new SpecError($"{path}.pause.duration", $"Duration needs to be greater than 0: expected seconds such as 30, or a duration such as 5m, got {given}"));
        return null;
    }

    private static TimeSpan? Seconds(IntOrString given)
    {
        if (given.Number is { } number) return TimeSpan.FromSeconds(number);
        if (int.TryParse(given.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)) return TimeSpan.FromSeconds(seconds);
        return GoDuration.TryParse(given.Text, out var duration) ? duration : null;
    }
}
