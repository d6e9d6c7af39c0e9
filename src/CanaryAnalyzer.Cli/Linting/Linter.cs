using System.Text.Json;
using CanaryAnalyzer.Cli.Manifests;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Linting;

/// <summary>Reads manifests with the controller's own readers and lists what it would complain about.</summary>
internal sealed class Linter
{
    private readonly IReadOnlyList<Manifest> _manifests;
    private readonly ReferenceLint _references;
    private readonly RolloutLint _rollouts;
    private readonly PolicyLint _policies;

    /// <summary>A linter of objects that know only each other.</summary>
    /// <param name="manifests">The objects.</param>
    /// <param name="allowMissing">Whether templates that are in none of the files are warned of only.</param>
    public Linter(IReadOnlyList<Manifest> manifests, bool allowMissing)
    {
        _manifests = manifests;
        View = new FixedView(manifests.Select(manifest => manifest.Resource));
        var planner = new AnalysisPlanner(View);
        _references = new ReferenceLint(View, allowMissing);
        _rollouts = new RolloutLint(View, planner, _references);
        _policies = new PolicyLint(View, planner, _references, manifests);
    }

    /// <summary>The objects as the controller would see them.</summary>
    public IClusterView View { get; }

    /// <summary>What was found, in the order of the files.</summary>
    public IReadOnlyList<Finding> Find() =>
    [
        .. Twins(),
        .. _manifests.SelectMany(Find),
    ];

    private IEnumerable<Finding> Find(Manifest manifest)
    {
        var schema = Kinds.Of(manifest.Resource);
        List<Finding> unquoted = schema is null ? [] : [.. QuoteLint.Find(manifest, schema)];
        var problems = Kinds.Problems(manifest).ToList();

        // A name that YAML reads as a number is there, and told as that.
        if (problems.Count > 0 || schema is null)
            return unquoted.Count > 0 ? unquoted : problems;
        return [.. unquoted, .. Checked(manifest, schema).Where(finding => !unquoted.Exists(one => Marks.Plain(one.Path) == Marks.Plain(finding.Path)))];
    }

    private IEnumerable<Finding> Checked(Manifest manifest, ResourceSchema schema) => schema.Kind switch
    {
        "Rollout" => _rollouts.Find(manifest, schema),
        "PromotionPolicy" => _policies.Find(manifest),
        "AnalysisTemplate" or "ClusterAnalysisTemplate" => Template(manifest, schema),
        "AnalysisRun" => Run(manifest, schema),
        _ => Form(manifest, schema, unknownIsWarning: true),
    };

    private static IEnumerable<Finding> Run(Manifest manifest, ResourceSchema schema)
    {
        // As the controller reads it, which ends a run with anything wrong in it with Error.
        var form = Form(manifest, schema, unknownIsWarning: false).ToList();
        if (AnalysisRuns.Read(manifest.Resource) is { } run)
            form.AddRange(RunPlan.Of(run).Errors.Select(error => Finding.Of(manifest, error.Path, error.Message)));
        return OnePerPath(form);
    }

    private IEnumerable<Finding> Template(Manifest manifest, ResourceSchema schema)
    {
        // A misspelt condition that nobody reads would let every measurement pass: here it is an error.
        var form = Form(manifest, schema, unknownIsWarning: false).ToList();
        var errors = new List<SpecError>();
        var spec = AnalysisTemplateSpec.TryRead(JsonSerializer.SerializeToElement(manifest.Resource["spec"]), "spec", errors);
        form.AddRange(errors.Select(error => Finding.Of(manifest, error.Path, error.Message)));
        if (spec is not null)
        {
            form.AddRange(TemplateCheck.Find(spec).Select(found => Finding.Of(manifest, found.Error.Path, found.Error.Message, found.IsWarning)));
            form.AddRange(_references.Missing(manifest, "spec", spec.Templates));
        }

        return OnePerPath(form);
    }

    // The schema and the readers see the same wrong value: the readers say more about it.
    private static IEnumerable<Finding> OnePerPath(List<Finding> found) => found.GroupBy(finding => finding.Path).SelectMany(group => group.Count() > 1 ? group.Skip(1) : group);

    private static IEnumerable<Finding> Form(Manifest manifest, ResourceSchema schema, bool unknownIsWarning) =>
    [
        .. UnknownFields.Find(manifest.Resource, schema).Select(field => Unknown(manifest, field, unknownIsWarning)),
        .. SchemaErrors.Find(manifest.Resource, schema).Select(error => Finding.Of(manifest, error.Path, error.Message)),
    ];

    /// <summary>A field that nobody reads.</summary>
    public static Finding Unknown(Manifest manifest, UnknownField field, bool isWarning) => Finding.Of(manifest, field.Path, field.Message, isWarning);

    private IEnumerable<Finding> Twins() =>
        from manifest in _manifests
        where Kinds.Of(manifest.Resource) is not null
        group manifest by (Kinds.Subject(manifest.Resource), manifest.Resource.Text("metadata", "namespace")) into same
        from twin in same.Skip(1)
        let first = same.First()
        select Finding.Of(twin, "metadata.name", $"stands twice: the other is in {first.File}, line {first.Marks.Of("metadata.name").Line}; the one applied last would replace it");
}
