using System.Text.Json;
using CanaryAnalyzer.Core.Rollouts.Specs;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Finds the values of an analysis' arguments.</summary>
public static class ArgumentValues
{
    /// <summary>An argument's value; null where the field that it names is not there or is no plain value.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="rollout">The Rollout's whole resource.</param>
    /// <param name="stableHash">The stable version's pod hash.</param>
    /// <param name="latestHash">The wanted version's pod hash.</param>
    public static string? Of(AnalysisArgument argument, JsonElement rollout, string stableHash, string latestHash) => argument switch
    {
        { PodTemplateHash: PodTemplateHashSource.Stable } => stableHash,
        { PodTemplateHash: PodTemplateHashSource.Latest } => latestHash,
        { FieldPath: { } path } => Field(rollout, path),
        _ => argument.Value,
    };

    /// <summary>Reads a plain value by a path of names, <c>[0]</c> and <c>['name']</c>.</summary>
    public static string? Field(JsonElement resource, string path)
    {
        var at = resource;
        foreach (var part in Split(path))
        {
            if (at.ValueKind == JsonValueKind.Array && int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var index) && index >= 0 && index < at.GetArrayLength()) at = at[index];
            else if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part, out at)) return null;
        }

        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => at.GetRawText(),
            _ => null,
        };
    }

    private static IEnumerable<string> Split(string path)
    {
        var rest = path.TrimStart('.');
        while (rest.Length > 0)
        {
            if (rest[0] == '[')
            {
                var end = rest.IndexOf(']', StringComparison.Ordinal);
                if (end < 0) end = rest.Length - 1;
                yield return rest[1..end].Trim('\'', '"');
                rest = rest[(end + 1)..].TrimStart('.');
                continue;
            }

            var stop = rest.IndexOfAny(['.', '[']);
            if (stop < 0) stop = rest.Length;
            yield return rest[..stop];
            rest = stop < rest.Length && rest[stop] == '.' ? rest[(stop + 1)..] : rest[stop..];
        }
    }
}
