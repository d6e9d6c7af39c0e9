using System.Text.Json;
using CanaryAnalyzer.Core.Expressions;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>Finds the one provider that a metric names, and reads it.</summary>
internal static class ProviderParser
{
    private const string Instead = "use prometheus, or plugin: {canaryanalyzer/compare: …}";

    public static ProviderSpec? Parse(SpecReader? reader, JsonElement metric, string path, bool secretsKnown, List<SpecError> errors)
    {
        if (reader is null) return null;
        var named = Named(metric.GetProperty("provider"), path).ToList();
        if (named.Count != 1)
        {
            reader.Refuse(named.Count == 0 ? $"names no provider; {Instead}" : $"must name one provider, not {string.Join(" and ", named.Select(one => one.Name))}");
            return null;
        }

        var (name, at, json) = named[0];
        // What is wrong may be no more than the placeholder that stands for a secret.
        ICollection<SpecError> found = secretsKnown ? errors : [];
        switch (name)
        {
            case "prometheus":
                var query = PrometheusSpec.TryParse(json, at, found);
                if (query?.Range is { } range) CheckRange(range, at, found);
                return query is not null ? new ProviderSpec.Prometheus(query) : new ProviderSpec.AwaitsSecrets(false);
            case CompareSpec.ProviderName:
                return CompareSpec.TryParse(json, at, found) is { } comparison ? new ProviderSpec.Compare(comparison) : new ProviderSpec.AwaitsSecrets(true);
            default:
                errors.Add(new SpecError(at, $"provider {name} is not supported here; {Instead}"));
                return null;
        }
    }

    private static IEnumerable<(string Name, string Path, JsonElement Json)> Named(JsonElement provider, string path)
    {
        foreach (var field in provider.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null))
        {
            if (field.Name != "plugin" || field.Value.ValueKind != JsonValueKind.Object)
            {
                yield return (field.Name, $"{path}.{field.Name}", field.Value);
                continue;
            }

            foreach (var plugin in field.Value.EnumerateObject())
                yield return (plugin.Name, $"{path}.plugin[\"{plugin.Name}\"]", plugin.Value);
        }
    }

    private static void CheckRange(PrometheusRange range, string path, ICollection<SpecError> errors)
    {
        foreach (var (field, text) in new[] { ("start", range.Start), ("end", range.End) })
        {
            if (!Expression.TryParseInstant(text, out _, out var error)) errors.Add(new SpecError($"{path}.rangeQuery.{field}", error.ToString()));
        }
    }
}
