using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Expressions;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>A run's metrics, read and checked, with arguments in place and the rules for dry runs and retention applied.</summary>
public sealed record RunPlan
{
    /// <summary>How many measurements of a metric are kept where nothing is said.</summary>
    public const int DefaultRetention = 10;

    /// <summary>What stands in messages in the place of a secret.</summary>
    public const string Mask = "*****";

    // A spec says the same as long as it lives, and is asked for its plan at each pass, measurement and report.
    private static readonly ConditionalWeakTable<AnalysisRunSpec, RunPlan> Known = [];

    /// <summary>The metrics, in the run's order; without those that are wrong.</summary>
    public required ImmutableArray<PlannedMetric> Metrics { get; init; }

    /// <summary>Arguments that have no value, and places that ask for one that isn't there.</summary>
    public required ImmutableArray<SpecError> ArgumentErrors { get; init; }

    /// <summary>Everything else that is wrong.</summary>
    public required ImmutableArray<SpecError> SpecErrors { get; init; }

    /// <summary>All that is wrong.</summary>
    public ImmutableArray<SpecError> Errors => [.. ArgumentErrors, .. SpecErrors];

    /// <summary>What is wrong, as an AnalysisRun's message says it; empty where all is well.</summary>
    public string Problem => !ArgumentErrors.IsEmpty ? "Unable to resolve metric arguments: " + string.Join("; ", ArgumentErrors)
        : !SpecErrors.IsEmpty ? "Analysis spec invalid: " + string.Join("; ", SpecErrors)
        : "";

    /// <summary>The metrics that never end by themselves, which a step must not wait for.</summary>
    public IEnumerable<PlannedMetric> EndlessMetrics => Metrics.Where(metric => !metric.Spec.IsFinite);

    /// <summary>How many comparisons share the risk of a false rollback.</summary>
    public int Comparisons => Metrics.Count(metric => metric.Spec.Provider.Compares && !metric.DryRun);

    /// <summary>Reads and checks a run.</summary>
    public static RunPlan Of(AnalysisRun run)
    {
        var plan = Of(run.Spec);
        return run.FormErrors.IsEmpty ? plan : plan with { SpecErrors = [.. run.FormErrors, .. plan.SpecErrors.Where(error => run.FormErrors.All(form => form.Path != error.Path))] };
    }

    /// <summary>Reads and checks a run's spec.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="pathOf">Where the metric with this index comes from, for messages; null: <c>spec.metrics[0]</c> and so on.</param>
    public static RunPlan Of(AnalysisRunSpec spec, Func<int, string>? pathOf = null) => pathOf is null ? Known.GetValue(spec, static known => Make(known, null)) : Make(spec, pathOf);

    /// <summary>The metric with the secrets' true values, as a measurement needs it.</summary>
    /// <param name="spec">The run's spec.</param>
    /// <param name="metric">A metric of the run's plan.</param>
    /// <param name="secrets">The values of all of <see cref="PlannedMetric.Secrets"/>.</param>
    /// <param name="resolved">The metric; null where it can't be read.</param>
    /// <param name="problem">Why not, with the secrets masked; empty where it can.</param>
    public static bool TryResolve(
        AnalysisRunSpec spec, PlannedMetric metric, IReadOnlyDictionary<SecretReference, string> secrets, [NotNullWhen(true)] out MetricSpec? resolved, out string problem)
    {
        (resolved, problem) = (metric.Spec, "");
        if (metric.Secrets.IsEmpty) return true;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in spec.Args)
        {
            if (argument.Value is not null) values[argument.Name] = argument.Value;
            else if (argument.Secret is { } secret && secrets.TryGetValue(secret, out var value)) values[argument.Name] = value;
        }

        var errors = new List<SpecError>();
        var path = PathOf(null, metric.Index);
        var json = new ArgumentSubstitution(values, errors).Apply(spec.Metrics[metric.Index], path);
        resolved = MetricParser.Parse(json, path, secretsKnown: true, errors);
        if (errors.Count > 0) resolved = null;
        problem = SecretMask.Of(secrets.Values).Apply(string.Join("; ", errors));
        return resolved is not null;
    }

    private static RunPlan Make(AnalysisRunSpec spec, Func<int, string>? pathOf)
    {
        var argumentErrors = new List<SpecError>();
        var specErrors = new List<SpecError>();
        foreach (var argument in spec.Args.Where(argument => argument.Value is null && argument.Secret is null))
            argumentErrors.Add(new SpecError("", $"args.{argument.Name} was not resolved") { Code = SpecErrorCode.ArgumentUnresolved, Subject = argument.Name });
        foreach (var argument in spec.Args.Where(argument => argument.Value is not null && argument.Secret is not null))
            argumentErrors.Add(new SpecError("", $"arg {argument.Name} has both value and valueFrom"));

        var metrics = new List<PlannedMetric>();
        for (var index = 0; index < spec.Metrics.Length; index++)
        {
            if (Plan(spec, index, PathOf(pathOf, index), argumentErrors, specErrors) is { } metric) metrics.Add(metric);
        }

        if (spec.Metrics.IsEmpty) specErrors.Add(new SpecError("spec.metrics", "no metrics specified") { Code = SpecErrorCode.NoMetrics });
        foreach (var twin in metrics.GroupBy(metric => metric.Spec.Name).SelectMany(group => group.Skip(1)))
            specErrors.Add(new SpecError(PathOf(pathOf, twin.Index), $"duplicate name '{twin.Spec.Name}'"));

        // A rule that matches nothing is an error only where all names are known.
        var namesKnown = argumentErrors.Count == 0 && metrics.Count == spec.Metrics.Length;
        ApplyRules(spec, metrics, namesKnown, specErrors);
        return new RunPlan { Metrics = [.. metrics], ArgumentErrors = [.. argumentErrors], SpecErrors = [.. specErrors] };
    }

    private static string PathOf(Func<int, string>? pathOf, int index) => pathOf?.Invoke(index) ?? $"spec.metrics[{index}]";

    private static PlannedMetric? Plan(AnalysisRunSpec spec, int index, string path, List<SpecError> argumentErrors, List<SpecError> specErrors)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in spec.Args)
        {
            // An argument without a value was named above; here it stands for itself, so that it isn't named again at every use.
            values[argument.Name] = argument.Value ?? Mask;
        }

        var before = argumentErrors.Count;
        var substitution = new ArgumentSubstitution(values, argumentErrors);
        var json = substitution.Apply(spec.Metrics[index], path);
        var secrets = spec.Args.Where(argument => argument.Secret is not null && substitution.Used.Contains(argument.Name)).Select(argument => argument.Secret!).Distinct();
        var isUnresolved = argumentErrors.Count > before || spec.Args.Any(argument => !argument.IsResolved && substitution.Used.Contains(argument.Name));
        if (isUnresolved) return null;
        var found = secrets.ToImmutableArray();
        var metric = MetricParser.Parse(json, path, secretsKnown: found.IsEmpty, specErrors);
        return metric is null ? null : new PlannedMetric { Spec = metric, Index = index, Secrets = found };
    }

    private static void ApplyRules(AnalysisRunSpec spec, List<PlannedMetric> metrics, bool namesKnown, List<SpecError> errors)
    {
        for (var index = 0; index < spec.DryRun.Length; index++)
            Apply(spec.DryRun[index], $"spec.dryRun[{index}]", metrics, metric => metric with { DryRun = true }, namesKnown, errors);
        for (var index = 0; index < spec.MeasurementRetention.Length; index++)
        {
            var rule = spec.MeasurementRetention[index];
            var kept = rule.Limit > 0 ? rule.Limit : DefaultRetention;
            Apply(rule.MetricName, $"spec.measurementRetention[{index}]", metrics, metric => metric with { Retention = kept }, namesKnown, errors);
        }
    }

    private static void Apply(string pattern, string path, List<PlannedMetric> metrics, Func<PlannedMetric, PlannedMetric> change, bool namesKnown, List<SpecError> errors)
    {
        if (!Patterns.TryMake(pattern, out var regex, out var error))
        {
            errors.Add(new SpecError($"{path}.metricName", error));
            return;
        }

        var matches = 0;
        for (var index = 0; index < metrics.Count; index++)
        {
            if (!regex.IsMatch(metrics[index].Spec.Name)) continue;
            metrics[index] = change(metrics[index]);
            matches++;
        }

        if (matches == 0 && namesKnown) errors.Add(new SpecError(path, $"Rule didn't match any metric name(s); the metrics are {string.Join(", ", metrics.Select(metric => metric.Spec.Name))}"));
    }
}
