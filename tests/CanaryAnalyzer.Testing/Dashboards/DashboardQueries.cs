using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Testing.Dashboards;

/// <summary>Lists what Grafana would ask Prometheus for our dashboards.</summary>
public static partial class DashboardQueries
{
    private const string Interval = "1m";

    public static ImmutableArray<string> Files { get; } =
        [.. Directory.GetFiles(Repository.PathOf("dashboards"), "*.json").Order(StringComparer.Ordinal)];

    /// <summary>All queries of all dashboards.</summary>
    /// <param name="variables">Values of the dashboards' variables by name; <c>.*</c> where one is absent. Grafana's own intervals are one minute.</param>
    public static ImmutableArray<DashboardQuery> All(IReadOnlyDictionary<string, string>? variables = null) => [.. Files.SelectMany(file => Of(file, variables ?? new Dictionary<string, string>()))];

    private static IEnumerable<DashboardQuery> Of(string file, IReadOnlyDictionary<string, string> variables)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var root = document.RootElement.Clone();
        var name = Path.GetFileName(file);
        foreach (var variable in root.GetProperty("templating").GetProperty("list").EnumerateArray().Where(variable => Text(variable, "type") == "query"))
        {
            var query = LabelValues().Match(Text(variable.GetProperty("query"), "query"));
            if (query.Success) yield return new DashboardQuery(name, Text(variable, "name"), Fill(query.Groups["series"].Value, variables));
        }

        foreach (var panel in Panels(root))
        {
            if (!panel.TryGetProperty("targets", out var targets)) continue;
            foreach (var target in targets.EnumerateArray()) yield return new DashboardQuery(name, Text(panel, "title"), Fill(Text(target, "expr"), variables));
        }
    }

    private static IEnumerable<JsonElement> Panels(JsonElement parent) =>
        parent.TryGetProperty("panels", out var panels) ? panels.EnumerateArray().SelectMany(panel => Panels(panel).Prepend(panel)) : [];

    private static string Fill(string expression, IReadOnlyDictionary<string, string> variables) => Variable().Replace(expression, match =>
    {
        var name = match.Groups["name"].Value;
        return name.StartsWith("__", StringComparison.Ordinal) ? Interval : variables.GetValueOrDefault(name, ".*");
    });

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    [GeneratedRegex(@"\$\{?(?<name>[A-Za-z_]\w*)(:\w+)?\}?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^label_values\((?<series>.+),\s*\w+\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LabelValues();
}
