using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Linting;
using CanaryAnalyzer.Cli.Manifests;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Analyzing;

/// <summary>Reads templates from files and puts in what the command line says.</summary>
internal static class SubjectReader
{
    private static readonly string[] OfSides = ["canary-pods", "stable-pods", "canary-hash", "stable-hash"];

    /// <summary>Arguments that a comparison reads though no template declares them.</summary>
    private static readonly string[] Implied = [.. OfSides, "canary-weight"];

    /// <exception cref="CliException">Something is wrong; the message names the place and what to write instead.</exception>
    public static AnalysisSubject Read(SubjectRequest request)
    {
        var sides = Sides(request);
        var templates = Templates(request.Files);
        RefuseUnknown(request.Arguments.Keys.Order(StringComparer.Ordinal), templates);
        var given = Arguments(request, templates, sides is not null);
        var nested = templates.Values.SelectMany(template => template.Spec.Templates).ToHashSet();
        var composition = TemplateComposer.Compose(
            new CompositionRequest
            {
                Path = "",
                Templates = [.. templates.Keys.Where(reference => !nested.Contains(reference))],
                Args = [.. given.Select(argument => ArgumentSpec.Of(argument.Key, argument.Value))],
            },
            reference => templates.GetValueOrDefault(reference)?.Spec);
        if (composition.Spec is not { } spec)
            throw new CliException(string.Join("\n       ", composition.Errors.Select(error => Place(error, templates))));

        var plan = RunPlan.Of(spec);
        if (spec.Args.FirstOrDefault(argument => argument.Value is null) is { } secret)
            throw new CliException($"argument {secret.Name} comes from a Secret, which is not read here: give it with --arg {secret.Name}=…");
        var comparisons = plan.Metrics.Where(metric => metric.Spec.Provider is CompareSpec).ToList();
        var chosen = comparisons.Where(metric => request.Metric is null || metric.Spec.Name == request.Metric).ToList();
        if (chosen.Count == 0)
            throw new CliException(NoComparison(request, plan));
        var values = spec.Args.Where(argument => argument.Value is not null).ToImmutableDictionary(argument => argument.Name, argument => argument.Value!, StringComparer.Ordinal);
        return new AnalysisSubject(
            [.. chosen.Select(metric => (metric.Spec.Name, Specialised((CompareSpec)metric.Spec.Provider, request.Address, sides)))],
            values.AddRange(given.Where(argument => !values.ContainsKey(argument.Key))),
            [.. plan.Metrics.Where(metric => !metric.Spec.Provider.Compares).Select(metric => metric.Spec.Name)],
            chosen.Count);
    }

    private static (ImmutableArray<LabelMatcher> Canary, ImmutableArray<LabelMatcher> Stable)? Sides(SubjectRequest request)
    {
        if (request.Canary is null && request.Stable is null)
            return null;
        if (request.Canary is null || request.Stable is null)
            throw new CliException($"--{(request.Canary is null ? "canary" : "stable")} is needed where the other side is given; write a matcher such as 'pod=~\"web-b.*\"'");
        return (Matchers(request.Canary, "--canary"), Matchers(request.Stable, "--stable"));
    }

    private static ImmutableArray<LabelMatcher> Matchers(string text, string option)
    {
        var matchers = SeriesSelector.TryParseMatchers(text, out var error);
        return error.Length == 0 ? matchers : throw new CliException($"{option} is no label matcher: {error}; write one such as 'pod=~\"web-b.*\"'");
    }

    private static Dictionary<TemplateReference, TemplateFile> Templates(IReadOnlyList<string> files)
    {
        var read = ManifestFiles.Read(files);
        if (read.Problems.Count > 0)
            throw new CliException(Line(Finding.Of(read.Problems[0])));
        var manifests = read.Found.Where(manifest => manifest.Resource.Text("kind") is "AnalysisTemplate" or "ClusterAnalysisTemplate").ToList();
        if (manifests.Count == 0)
            throw new CliException($"no AnalysisTemplate or ClusterAnalysisTemplate is in {string.Join(", ", files)}");
        var wrong = new Linter(manifests, allowMissing: false).Find().Where(finding => !finding.IsWarning).ToList();
        if (wrong.Count > 0)
            throw new CliException(string.Join("\n       ", wrong.Select(Line)));
        return manifests.ToDictionary(
            manifest => new TemplateReference(manifest.Resource.Text("metadata", "name")!, manifest.Resource.Text("kind") == "ClusterAnalysisTemplate"),
            manifest => new TemplateFile(manifest, AnalysisTemplateSpec.TryRead(JsonSerializer.SerializeToElement(manifest.Resource["spec"]), "spec", [])!));
    }

    private static void RefuseUnknown(IEnumerable<string> given, Dictionary<TemplateReference, TemplateFile> templates)
    {
        var declared = templates.Values.SelectMany(template => template.Spec.Args).Select(argument => argument.Name).Distinct(StringComparer.Ordinal).ToList();
        if (given.FirstOrDefault(name => !declared.Contains(name) && !Implied.Contains(name)) is not { } unknown)
            return;
        var hint = NearestWord.Of(unknown, declared) is { } meant ? $"did you mean {meant}?" : declared.Count == 0 ? "the template declares none" : $"there are {string.Join(", ", declared)}";
        throw new CliException($"--arg {unknown}: no template takes an argument of this name; {hint}");
    }

    // Sides that are given make the arguments for the default ones needless, unless a selector asks for them.
    private static ImmutableDictionary<string, string> Arguments(SubjectRequest request, Dictionary<TemplateReference, TemplateFile> templates, bool hasSides)
    {
        var unused = OfSides.Where(name => hasSides && !request.Arguments.ContainsKey(name)
            && !templates.Values.Any(template => template.Spec.Metrics.Any(metric => metric.GetRawText().Contains($"args.{name}", StringComparison.Ordinal))));
        return request.Arguments.AddRange(unused.Where(name => templates.Values.Any(template => template.Spec.Args.Any(argument => argument.Name == name)))
            .Select(name => KeyValuePair.Create(name, "")));
    }

    private static CompareSpec Specialised(CompareSpec spec, Uri? address, (ImmutableArray<LabelMatcher> Canary, ImmutableArray<LabelMatcher> Stable)? sides) => spec with
    {
        Connection = address is null ? spec.Connection : spec.Connection with { Address = address },
        Canary = sides?.Canary ?? spec.Canary,
        Stable = sides?.Stable ?? spec.Stable,
    };

    private static string NoComparison(SubjectRequest request, RunPlan plan)
    {
        var names = plan.Metrics.Where(metric => metric.Spec.Provider.Compares).Select(metric => metric.Spec.Name).ToList();
        if (names.Count == 0)
            return $"{string.Join(", ", request.Files)} has no metric with {CompareSpec.ProviderName}; canaryctl analyze looks at these only";
        var hint = NearestWord.Of(request.Metric!, names) is { } meant ? $"did you mean {meant}?" : $"there are {string.Join(", ", names)}";
        return $"--metric {request.Metric}: no comparison has this name; {hint}";
    }

    private static string Place(SpecError error, Dictionary<TemplateReference, TemplateFile> templates)
    {
        if (error is { Code: SpecErrorCode.ArgumentUnresolved, Subject: var name })
            return $"argument {name} has no value: give it with --arg {name}=…{(OfSides.Contains(name) ? ", or name the sides with --canary and --stable" : "")}";

        foreach (var (reference, template) in templates.Where(template => error.Path.StartsWith($"{template.Key}: ", StringComparison.Ordinal)))
            return Line(Finding.Of(template.Manifest, error.Path[$"{reference}: ".Length..], error.Message));
        return error.ToString().TrimStart('.');
    }

    private static string Line(Finding finding) =>
        FormattableString.Invariant($"{finding.File}:{finding.Mark.Line}:{finding.Mark.Column}: {finding.Path}{(finding.Path.Length > 0 ? " " : "")}{finding.Message}");

    private sealed record TemplateFile(Manifest Manifest, AnalysisTemplateSpec Spec);
}
