using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Manifests;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>The comparison of a template in a file.</summary>
/// <param name="Template">The template's name.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Written">What stands under <c>canaryanalyzer/compare</c>, its arguments not in place.</param>
/// <param name="Spec">The same, read.</param>
/// <param name="Comparisons">How many comparisons share the risk of a false rollback.</param>
internal sealed record TemplateFile(string Template, string Metric, JsonObject Written, CompareSpec Spec, int Comparisons)
{
    /// <summary>Arguments that tell a release's sides apart: a backtest has sides of its own.</summary>
    private static readonly string[] OfSides = ["canary-hash", "stable-hash", "canary-pods", "stable-pods", "canary-service", "stable-service", "canary-weight", "rollout"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="CliException">Something is wrong with it; the message has everything, each with its place.</exception>
    public static TemplateFile Read(string path, string? metric, IReadOnlyDictionary<string, string> arguments, bool isNamespaceImplied = false)
    {
        var document = Document(path);
        var errors = UnknownFields.Find(document, ResourceSchema.Of(document["kind"]!.ToString())).Select(field => field.Error).ToList();
        var spec = document["spec"] is { } json ? AnalysisTemplateSpec.TryRead(JsonSerializer.SerializeToElement(json), "spec", errors) : null;
        if (spec is null || errors.Count > 0) throw Wrong(path, errors);
        if (arguments.Keys.FirstOrDefault(name => spec.Args.All(argument => argument.Name != name) && !(isNamespaceImplied && name == "namespace")) is { } unknown)
            throw new CliException($"{path} takes no argument {unknown}; it takes {string.Join(", ", spec.Args.Select(argument => argument.Name))}");
        var run = new AnalysisRunSpec { Metrics = spec.Metrics, DryRun = spec.DryRun, Args = [.. spec.Args.Select(argument => ValueOf(argument, arguments, errors))] };
        if (errors.Count > 0) throw Wrong(path, errors);
        var plan = RunPlan.Of(run);
        if (!plan.Errors.IsEmpty) throw Wrong(path, plan.Errors);
        var comparisons = plan.Metrics.Where(one => one.Spec.Provider is CompareSpec && (metric is null || one.Spec.Name == metric)).ToList();
        if (comparisons.Count != 1) throw new CliException(Choice(path, metric, plan));
        var chosen = comparisons[0];
        var written = document["spec"]!["metrics"]![chosen.Index]!["provider"]!["plugin"]![CompareSpec.ProviderName]!.AsObject();
        return new TemplateFile(document["metadata"]?["name"]?.ToString() ?? "", chosen.Spec.Name, written, (CompareSpec)chosen.Spec.Provider, Math.Max(1, plan.Comparisons));
    }

    private static string Choice(string path, string? metric, RunPlan plan)
    {
        var names = plan.Metrics.Where(one => one.Spec.Provider is CompareSpec).Select(one => one.Spec.Name).ToList();
        return names.Count == 0 ? $"{path} has no comparison: a backtest replays metrics with provider.plugin.{CompareSpec.ProviderName}"
            : metric is not null ? $"{path} has no comparison {metric}; it has {string.Join(", ", names)}"
            : $"{path} has several comparisons: name one by --metric ({string.Join(", ", names)})";
    }

    private static ArgumentSpec ValueOf(ArgumentSpec argument, IReadOnlyDictionary<string, string> arguments, List<SpecError> errors)
    {
        if (arguments.TryGetValue(argument.Name, out var value)) return ArgumentSpec.Of(argument.Name, value);
        if (argument.Value is not null) return argument;
        if (OfSides.Contains(argument.Name, StringComparer.Ordinal)) return ArgumentSpec.Of(argument.Name, argument.Name);
        errors.Add(new SpecError($"spec.args.{argument.Name}", $"has no value: write --arg {argument.Name}=…"));
        return argument;
    }

    private static JsonObject Document(string path)
    {
        var read = ManifestFiles.Read([path]);
        if (read.Problems.Count > 0)
            throw new CliException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {read.Problems[0].Mark.Line}: {read.Problems[0].Message}"));
        return read.Found.FirstOrDefault(manifest => manifest.Resource["kind"]?.ToString() is "AnalysisTemplate" or "ClusterAnalysisTemplate")?.Resource
            ?? throw new CliException($"{path} has no AnalysisTemplate or ClusterAnalysisTemplate");
    }

    private static CliException Wrong(string path, IEnumerable<SpecError> errors)
    {
        var all = errors.Select(error => $"\n  {error}").ToList();
        return new CliException($"{path} can't be replayed:{(all.Count == 0 ? " it has no spec" : string.Concat(all))}");
    }
}
