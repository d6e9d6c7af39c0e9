using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>Puts the templates that an analysis names, and those that they name in turn, together to the spec of one run.</summary>
public static class TemplateComposer
{
    /// <summary>Arguments that a comparison's default sides need, whether or not a template declares them.</summary>
    private static readonly string[] OfSides = ["canary-hash", "stable-hash", "canary-pods", "stable-pods"];

    /// <summary>Composes and checks; the run's metrics come in the order of the templates, those of ClusterAnalysisTemplates last.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="find">The template by its reference; null where there is none.</param>
    public static Composition Compose(CompositionRequest request, Func<TemplateReference, AnalysisTemplateSpec?> find)
    {
        var errors = new List<SpecError>();
        var found = new List<(TemplateReference Reference, AnalysisTemplateSpec Spec)>();
        for (var index = 0; index < request.Templates.Length; index++)
            Collect(request.Templates[index], $"{request.Path}.templates[{index}]", find, [], found, errors);
        if (request.Templates.IsEmpty) errors.Add(new SpecError($"{request.Path}.templates", "names no template"));
        if (errors.Count > 0) return new Composition(null, [.. errors]);

        var ordered = found.OrderBy(template => template.Reference.ClusterScope).ToList();
        var metrics = ordered.SelectMany(template => template.Spec.Metrics.Select((json, index) => (Json: json, Path: $"{template.Reference}: spec.metrics[{index}]"))).ToList();
        var compares = metrics.Exists(metric => IsComparison(metric.Json));
        var declared = Declared(request.Path, ordered, errors);
        if (compares)
            declared.AddRange(OfSides.Where(name => !declared.Exists(one => one.Name == name) && request.Args.Any(one => one.Name == name)).Select(name => new ArgumentSpec { Name = name }));

        var spec = new AnalysisRunSpec
        {
            Metrics = [.. metrics.Select(metric => metric.Json)],
            Args = Merge(request, declared, errors),
            DryRun = WithoutTwins($"{request.Path}.dryRun", request.DryRun.Concat(ordered.SelectMany(template => template.Spec.DryRun)), rule => rule, errors),
            MeasurementRetention = WithoutTwins(
                $"{request.Path}.measurementRetention",
                request.MeasurementRetention.Concat(ordered.SelectMany(template => template.Spec.MeasurementRetention)),
                rule => rule.MetricName,
                errors),
        };
        if (errors.Count > 0) return new Composition(null, [.. errors]);
        Check(request, spec, metrics.ConvertAll(metric => metric.Path), errors);
        return new Composition(errors.Count == 0 ? spec : null, [.. errors]);
    }

    private static void Collect(
        TemplateReference reference,
        string path,
        Func<TemplateReference, AnalysisTemplateSpec?> find,
        ImmutableList<TemplateReference> above,
        List<(TemplateReference Reference, AnalysisTemplateSpec Spec)> found,
        List<SpecError> errors)
    {
        if (above.Contains(reference))
        {
            errors.Add(new SpecError(path, $"{reference} is made of itself, by way of {string.Join(" and ", above.SkipWhile(one => one != reference).Skip(1).Append(reference))}"));
            return;
        }

        if (found.Exists(template => template.Reference == reference)) return;
        if (find(reference) is not { } spec)
        {
            errors.Add(new SpecError(path, $"{reference} not found") { Code = SpecErrorCode.TemplateNotFound });
            return;
        }

        found.Add((reference, spec));
        for (var index = 0; index < spec.Templates.Length; index++)
            Collect(spec.Templates[index], $"{reference}: spec.templates[{index}]", find, above.Add(reference), found, errors);
    }

    /// <summary>The arguments of all templates, each once; a default that one gives holds for all.</summary>
    private static List<ArgumentSpec> Declared(string path, List<(TemplateReference Reference, AnalysisTemplateSpec Spec)> templates, List<SpecError> errors)
    {
        var declared = new List<ArgumentSpec>();
        foreach (var argument in templates.SelectMany(template => template.Spec.Args))
        {
            var at = declared.FindIndex(one => one.Name == argument.Name);
            if (at < 0)
            {
                declared.Add(argument);
                continue;
            }

            var known = declared[at];
            if (known.Value is not null && argument.Value is not null && known.Value != argument.Value)
                errors.Add(new SpecError($"{path}.templates", $"Argument `{argument.Name}` specified multiple times with different values: '{known.Value}', '{argument.Value}'"));
            else if (known.Value is null && argument.IsResolved)
                declared[at] = argument;
        }

        return declared;
    }

    private static ImmutableArray<ArgumentSpec> Merge(CompositionRequest request, List<ArgumentSpec> declared, List<SpecError> errors)
    {
        var merged = new List<ArgumentSpec>();
        foreach (var argument in declared)
        {
            var given = request.Args.LastOrDefault(one => one.Name == argument.Name && one.IsResolved) ?? argument;
            if (given.FieldPath is { } field && given.Value is null)
                given = request.FieldValue(field) is { } value ? ArgumentSpec.Of(given.Name, value) : Unknown(request.Path, given, errors);
            else if (!given.IsResolved)
                errors.Add(new SpecError($"{request.Path}.args", $"args.{given.Name} was not resolved") { Code = SpecErrorCode.ArgumentUnresolved, Subject = given.Name });
            merged.Add(given);
        }

        return [.. merged];
    }

    private static ArgumentSpec Unknown(string path, ArgumentSpec argument, List<SpecError> errors)
    {
        errors.Add(new SpecError($"{path}.args", $"args.{argument.Name} was not resolved: the Rollout has no field {argument.FieldPath}") { Code = SpecErrorCode.RolloutFieldMissing });
        return argument;
    }

    private static ImmutableArray<T> WithoutTwins<T>(string path, IEnumerable<T> rules, Func<T, string> name, List<SpecError> errors)
    {
        var all = rules.ToImmutableArray();
        foreach (var twin in all.GroupBy(name).Where(group => group.Count() > 1))
            errors.Add(new SpecError(path, $"two rules have the same metric name '{twin.Key}'"));
        return all;
    }

    private static void Check(CompositionRequest request, AnalysisRunSpec spec, List<string> paths, List<SpecError> errors)
    {
        var plan = RunPlan.Of(spec, index => paths[index]);
        foreach (var error in plan.Errors)
        {
            errors.Add(error.Path.StartsWith("spec.", StringComparison.Ordinal) ? error with { Path = request.Path + error.Path["spec".Length..] }
                : paths.Exists(path => error.Path.StartsWith(path, StringComparison.Ordinal)) ? error with { Code = SpecErrorCode.InTemplate }
                : error);
        }

        if (!request.MustBeFinite) return;
        foreach (var endless in plan.EndlessMetrics)
            errors.Add(new SpecError(paths[endless.Index], $"metric '{endless.Spec.Name}' runs without end, and a step waits for it; write a count"));
    }

    private static bool IsComparison(JsonElement metric) =>
        metric.ValueKind == JsonValueKind.Object && metric.TryGetProperty("provider", out var provider)
        && provider.ValueKind == JsonValueKind.Object && provider.TryGetProperty("plugin", out var plugin)
        && plugin.ValueKind == JsonValueKind.Object && plugin.TryGetProperty(CompareSpec.ProviderName, out _);
}
