using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>
/// Checks a template by itself, before anybody gives it arguments: an argument without a value stands for a value that fits, so that what depends on it is not
/// refused.
/// </summary>
public static class TemplateCheck
{
    private static readonly (string Canary, string Stable)[] Sides = [("canary-pods", "stable-pods"), ("canary-hash", "stable-hash")];

    // What is compared with a field that isn't known yet isn't known either.
    private static readonly (string Field, string With)[] Pairs = [("minDuration", "maxDuration"), ("interval", "maxDuration"), ("margin", "tolerance")];

    /// <summary>
    /// What an argument without a value may stand for, beside its own name: what is wrong with all of these is wrong whatever it is. A number, a duration, a share, parts
    /// of a condition, parts of an address.
    /// </summary>
    private static readonly string[] Samples = ["1", "30s", "5%", "x", "true", ">=", "and", "> 1", "len", "[0]", "http", "http://host:9090"];

    // Combinations are counted in the samples' power.
    private const int MostCombined = 3;

    /// <summary>Everything that is wrong or doubtful.</summary>
    /// <param name="spec">The template.</param>
    /// <returns>What was found, its paths from the resource's root.</returns>
    public static ImmutableArray<TemplateFinding> Find(AnalysisTemplateSpec spec)
    {
        var texts = ArgumentTexts.Of(spec.Metrics);
        var declared = spec.Args.Select(argument => argument.Name).ToHashSet(StringComparer.Ordinal);
        var undeclared = texts.SelectMany(text => text.Names).Where(name => !declared.Contains(name)).Distinct(StringComparer.Ordinal).ToList();
        var open = spec.Args.Where(argument => argument.Value is null).Select(argument => argument.Name).Concat(undeclared).ToHashSet(StringComparer.Ordinal);
        var plan = PlanOf(spec, undeclared, name => name);
        var waiting = texts.Where(text => text.Names.Any(open.Contains)).ToList();
        var whole = waiting.Where(text => text.IsWhole).Select(text => text.Path).ToList();
        var sampled = waiting.Count == 0 ? [] : Samples.Select(sample => PlanOf(spec, undeclared, _ => sample)).ToList();
        bool IsCertain(SpecError error)
        {
            if (DependsOn(error.Path, whole) || IsOfNames(error, waiting) || !sampled.TrueForAll(one => Fails(one, error.Path))) return false;
            List<string> names = [.. waiting.Where(text => text.Path == error.Path).SelectMany(text => text.Names).Where(open.Contains).Distinct(StringComparer.Ordinal)];
            return names.Count < 2
                || (names.Count <= MostCombined && Combined(names).All(values => Fails(PlanOf(spec, undeclared, name => values.GetValueOrDefault(name, Samples[0])), error.Path)));
        }

        // An argument's name in the place of a value has errors of its own, which nobody would see.
        SpecError Typical(SpecError error) => waiting.Exists(text => text.Path == error.Path) ? sampled[0].Errors.First(one => one.Path == error.Path) : error;
        var isAssembly = !spec.Templates.IsEmpty;
        return
        [
            .. texts.SelectMany(text => text.Names.Distinct().Where(undeclared.Contains).Select(name => new TemplateFinding(Undeclared(text.Path, name, declared), false))),
            .. plan.Errors.Where(error => !(isAssembly && error.Code == SpecErrorCode.NoMetrics) && IsCertain(error)).Select(Typical).Distinct().Select(error => new TemplateFinding(error, false)),
            .. plan.Metrics.SelectMany(metric => OfSides(metric, spec)),
            .. plan.Metrics.SelectMany(OfUnits).Where(finding => !DependsOn(finding.Error.Path, whole)),
            .. isAssembly ? [] : Unused(spec, plan, texts),
        ];
    }

    private static RunPlan PlanOf(AnalysisTemplateSpec spec, IEnumerable<string> undeclared, Func<string, string> valueOf) => RunPlan.Of(new AnalysisRunSpec
    {
        Metrics = spec.Metrics,
        Args =
        [
            .. spec.Args.Select(argument => argument with { Value = argument.Value ?? valueOf(argument.Name), Secret = argument.Value is null ? null : argument.Secret }),
            .. undeclared.Select(name => ArgumentSpec.Of(name, valueOf(name))),
        ],
        DryRun = spec.DryRun,
        MeasurementRetention = spec.MeasurementRetention,
    });

    private static bool Fails(RunPlan plan, string path) => plan.Errors.Any(error => error.Path == path);

    // A rule that matches no name may match one that isn't known yet.
    private static bool IsOfNames(SpecError error, List<ArgumentText> waiting) =>
        (error.Path.StartsWith("spec.dryRun", StringComparison.Ordinal) || error.Path.StartsWith("spec.measurementRetention", StringComparison.Ordinal))
        && waiting.Exists(text => text.Path.EndsWith("].name", StringComparison.Ordinal));

    /// <summary>The values to try where several arguments make one field.</summary>
    private static IEnumerable<ImmutableDictionary<string, string>> Combined(List<string> names) => names.Aggregate(
        (IEnumerable<ImmutableDictionary<string, string>>)[ImmutableDictionary<string, string>.Empty],
        (all, name) => all.SelectMany(values => Samples.Select(sample => values.Add(name, sample))));

    private static SpecError Undeclared(string path, string name, IEnumerable<string> declared) =>
        new(path, $"asks for {{{{args.{name}}}}}, which args doesn't declare; {(NearestWord.Of(name, declared) is { } meant ? $"did you mean {{{{args.{meant}}}}}?" : $"add {name} to args")}");

    private static bool DependsOn(string path, List<string> unknown)
    {
        if (unknown.Exists(one => one == path || one.StartsWith(path + "[", StringComparison.Ordinal))) return true;
        var dot = path.LastIndexOf('.');
        var (parent, field) = (path[..Math.Max(0, dot)], path[(dot + 1)..]);
        return Pairs.Any(pair => pair.Field == field && unknown.Exists(one =>
            one.StartsWith($"{parent}.{pair.With}", StringComparison.Ordinal) || one.StartsWith(path + ".", StringComparison.Ordinal)));
    }

    private static IEnumerable<TemplateFinding> OfSides(PlannedMetric metric, AnalysisTemplateSpec spec)
    {
        if (metric.Spec.Provider is not CompareSpec comparison) yield break;
        var path = $"spec.metrics[{metric.Index}].provider.plugin[\"{CompareSpec.ProviderName}\"]";
        if (comparison.Canary.IsEmpty && !Sides.Any(pair => Declares(spec, pair.Canary) && Declares(spec, pair.Stable)))
        {
            yield return new TemplateFinding(
                new SpecError(path, "names no side labels, so only a Rollout's runs know the sides; declare the args canary-pods and stable-pods (or write canary and stable), so that others see what to give"),
                true);
        }

        if (!comparison.Canary.IsEmpty && comparison.Canary.SequenceEqual(comparison.Stable))
            yield return new TemplateFinding(new SpecError($"{path}.stable", "picks the same series as canary: the canary would be compared with itself; write matchers that differ"), false);
    }

    private static IEnumerable<TemplateFinding> OfUnits(PlannedMetric metric)
    {
        if (metric.Spec.Provider is not CompareSpec comparison) yield break;
        foreach (var (i, measure) in comparison.Measures.Index())
        {
            if (measure is not MeasureSpec.Latency { Unit: LatencyUnit.Unknown } latency) continue;
            yield return new TemplateFinding(
                new SpecError(
                    $"spec.metrics[{metric.Index}].provider.plugin[\"{CompareSpec.ProviderName}\"].measures[{i}].latency.histogram",
                    $"has a name, {latency.Histogram.Name}, that ends with no unit such as _seconds or _milliseconds: write unit: ms (or s) beside it, so that reports name times"),
                true);
        }
    }

    private static bool Declares(AnalysisTemplateSpec spec, string name) => spec.Args.Any(argument => argument.Name == name);

    private static IEnumerable<TemplateFinding> Unused(AnalysisTemplateSpec spec, RunPlan plan, ImmutableArray<ArgumentText> texts)
    {
        var used = texts.SelectMany(text => text.Names).ToHashSet(StringComparer.Ordinal);
        var needsSides = plan.Metrics.Any(metric => metric.Spec.Provider is CompareSpec { Canary.IsEmpty: true }) || plan.Metrics.Length < spec.Metrics.Length;
        for (var i = 0; i < spec.Args.Length; i++)
        {
            var name = spec.Args[i].Name;
            if (used.Contains(name) || (needsSides && Sides.Any(pair => pair.Canary == name || pair.Stable == name))) continue;
            yield return new TemplateFinding(new SpecError($"spec.args[{i}].name", $"argument {name} is used nowhere; write {{{{args.{name}}}}} where it belongs, or leave it out"), true);
        }
    }
}
