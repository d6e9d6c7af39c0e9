using System.Collections.Immutable;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>Reads the fields that templates, runs and a Rollout's analyses share.</summary>
internal static class AnalysisFields
{
    private const int MostKept = 1_000_000;

    public static ImmutableArray<ArgumentSpec> Arguments(SpecReader reader)
    {
        var arguments = new List<ArgumentSpec>();
        foreach (var one in reader.Children("args"))
        {
            var from = one.Child("valueFrom");
            var secret = from?.Child("secretKeyRef");
            arguments.Add(new ArgumentSpec
            {
                Name = one.Text("name", "the argument's name") ?? "",
                Value = one.OptionalTextOrEmpty("value", "a text; put numbers in quotes"),
                Secret = secret is null ? null : new SecretReference(secret.Text("name", "the Secret's name") ?? "", secret.Text("key", "the entry's key") ?? ""),
                FieldPath = from?.Child("fieldRef")?.Text("fieldPath", "a field such as metadata.labels['region']"),
            });
        }

        foreach (var twin in arguments.GroupBy(argument => argument.Name).Where(group => group.Count() > 1))
            reader.Refuse("args", $"must have unique names, but {twin.Key} stands {twin.Count()} times");
        return [.. arguments];
    }

    public static ImmutableArray<string> DryRun(SpecReader reader) =>
        [.. reader.Children("dryRun").Select(one => one.Text("metricName", "a regular expression for names of metrics")).OfType<string>()];

    public static ImmutableArray<RetentionRule> Retention(SpecReader reader) =>
    [
        .. reader.Children("measurementRetention")
            .Select(one => (Name: one.Text("metricName", "a regular expression for names of metrics"), Limit: (int)one.Whole("limit", RunPlan.DefaultRetention, 0, MostKept)))
            .Where(rule => rule.Name is not null).Select(rule => new RetentionRule(rule.Name!, rule.Limit)),
    ];

    public static ImmutableArray<TemplateReference> Templates(SpecReader reader) =>
    [
        .. reader.Children("templates")
            .Select(one => (Name: one.Text("templateName", "the template's name"), Cluster: one.Flag("clusterScope", missing: false)))
            .Where(reference => reference.Name is not null).Select(reference => new TemplateReference(reference.Name!, reference.Cluster)),
    ];
}
