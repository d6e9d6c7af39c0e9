using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;
using Wire = CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Reads what an analysis runs.</summary>
internal static class AnalysisReader
{
    public static RolloutAnalysis? Read(
        List<Wire.RolloutAnalysis.Template>? templates,
        List<Wire.RolloutAnalysis.Argument>? arguments,
        List<DryRun>? dryRun,
        List<Api.V1Alpha1.Analysis.MeasurementRetention>? retention,
        AddedMetadata? metadata,
        string path,
        ImmutableArray<SpecError>.Builder errors)
    {
        var before = errors.Count;
        if (templates is not { Count: > 0 }) errors.Add(new SpecError($"{path}.templates", "names no template: give at least one templateName"));
        for (var i = 0; i < (templates?.Count ?? 0); i++)
        {
            if (string.IsNullOrEmpty(templates![i].TemplateName)) errors.Add(new SpecError($"{path}.templates[{i}].templateName", "is required"));
        }

        var given = (arguments ?? []).Select((argument, i) => Argument(argument, $"{path}.args[{i}]", errors)).ToImmutableArray();
        if (errors.Count > before) return null;
        return new RolloutAnalysis
        {
            Templates = [.. templates!.Select(t => new Core.Rollouts.Specs.AnalysisTemplateReference(t.TemplateName!, t.ClusterScope ?? false))],
            Arguments = given,
            DryRun = [.. (dryRun ?? []).Select(d => d.MetricName)],
            Retention = [.. (retention ?? []).Select(r => new Core.Rollouts.Specs.MeasurementRetention(r.MetricName, r.Limit))],
            Labels = (metadata?.Labels ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal),
            Annotations = (metadata?.Annotations ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
    }

    private static AnalysisArgument Argument(Wire.RolloutAnalysis.Argument wire, string path, ImmutableArray<SpecError>.Builder errors)
    {
        PodTemplateHashSource? hash = wire.ValueFrom?.PodTemplateHashValue switch
        {
            "Stable" => PodTemplateHashSource.Stable,
            "Latest" => PodTemplateHashSource.Latest,
            _ => null,
        };
        var field = wire.ValueFrom?.FieldRef?.FieldPath;
        if (wire.Value is null && hash is null && field is null)
            errors.Add(new SpecError(path, $"argument {wire.Name} needs a value, or valueFrom with podTemplateHashValue (Stable or Latest) or fieldRef"));
        return new AnalysisArgument(wire.Name, wire.Value, hash, field);
    }
}
