using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;

namespace CanaryAnalyzer.LocalCluster.Admission;

/// <summary>What names and labels may look like.</summary>
internal static partial class MetadataRules
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    public static void Check(ResourceKind kind, JsonObject next, List<FieldProblem> problems)
    {
        var name = next.TextAt("metadata", "name") ?? "";
        // RBAC names may hold colons.
        if (kind.Group != "rbac.authorization.k8s.io" && (name.Length > LongestName || !NamePattern().IsMatch(name)))
            problems.Add(FieldProblem.Invalid("metadata.name", $"\"{name}\"", "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"));
        foreach (var (label, value) in next.ObjectAt("metadata", "labels") ?? [])
            CheckLabel(label, value, problems);
        foreach (var (annotation, value) in next.ObjectAt("metadata", "annotations") ?? [])
        {
            if (value is not JsonValue || value.GetValueKind() != System.Text.Json.JsonValueKind.String)
                throw ApiException.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: metadata.annotations.{annotation}: a string is needed");
        }
    }

    private static void CheckLabel(string label, JsonNode? value, List<FieldProblem> problems)
    {
        var text = value?.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>()
            : throw ApiException.BadRequest($"metadata.labels.{label}: a string is needed");
        if (text.Length > LongestLabel || !LabelPattern().IsMatch(text))
            problems.Add(FieldProblem.Invalid("metadata.labels", $"\"{text}\"", "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"));
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelPattern();
}
