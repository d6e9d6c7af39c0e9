using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Core.Backtests.Results;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>The template's metric with the recommended settings in it, as YAML to paste over the old one; reasons stand in comments above it.</summary>
internal static class TemplatePatch
{
    /// <summary>The YAML; empty where no setting is recommended.</summary>
    public static string Write(TemplateFile template, IEnumerable<Recommendation> recommendations)
    {
        var settings = recommendations.Where(one => one.Field.Length > 0).ToList();
        if (settings.Count == 0) return "";
        var compare = (JsonObject)template.Written.DeepClone();
        var text = new StringBuilder();
        foreach (var one in settings)
        {
            Set(compare, one.Field, one.Value);
            text.Append("# ").Append(one.Field).Append(": ").Append(one.Before).Append(" -> ").Append(one.Value).Append("; ").Append(one.Reason).Append('\n');
        }

        var metric = new JsonObject { ["name"] = template.Metric, ["provider"] = new JsonObject { ["plugin"] = new JsonObject { [CompareSpec.ProviderName] = compare } } };
        return text.Append(ObjectText.Yaml(new JsonObject { ["spec"] = new JsonObject { ["metrics"] = new JsonArray(metric) } })).ToString();
    }

    private static void Set(JsonObject compare, string field, string value)
    {
        var at = compare;
        var names = field.Split('.');
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i];
            if (i == names.Length - 1) at[name] = Value(value);
            else if (name.StartsWith("measures[", StringComparison.Ordinal)) at = Measure(at, name["measures[".Length..^1]);
            else if (at[name] is JsonObject inner) at = inner;
            else
            {
                var made = new JsonObject();
                at[name] = made;
                at = made;
            }
        }
    }

    private static JsonObject Measure(JsonObject compare, string name) =>
        compare["measures"]!.AsArray().OfType<JsonObject>().First(measure => measure["name"]?.ToString() == name);

    private static JsonNode? Value(string text) => text.StartsWith('[') || double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _) ? JsonNode.Parse(text) : text;
}
