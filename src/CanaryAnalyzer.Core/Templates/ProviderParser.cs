using System.Text.Json;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>Finds the one provider that a metric names, and reads it.</summary>
internal static class ProviderParser
{
    public static ProviderSpec? Parse(SpecReader? reader, JsonElement metric, string path, bool secretsKnown, List<SpecError> errors)
    {
        if (reader is null) return null;
        var named = Named(metric.GetProperty("provider"), path).ToList();
        if (named.Count != 1)
        {
            reader.Refuse(named.Count == 0 ? $"names no provider; {ProviderKinds.Instead}" : $"must name one provider, not {string.Join(" and ", named.Select(one => one.Name))}");
            return null;
        }

        var (name, at, json) = named[0];
        // What is wrong may be no more than the placeholder that stands for a secret.
        ICollection<SpecError> found = secretsKnown ? errors : [];
        if (ProviderKinds.Of(name) is { } kind) return kind.TryParse(json, at, found) ?? new ProviderSpec.AwaitsSecrets(kind.Compares);
        errors.Add(new SpecError(at, $"provider {name} is not supported here; {ProviderKinds.Instead}"));
        return null;
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
}
