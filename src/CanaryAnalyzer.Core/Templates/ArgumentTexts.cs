using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>Finds the texts that ask for arguments.</summary>
internal static partial class ArgumentTexts
{
    /// <summary>The texts in metrics, each with its path as messages write it.</summary>
    public static ImmutableArray<ArgumentText> Of(ImmutableArray<JsonElement> metrics)
    {
        var found = ImmutableArray.CreateBuilder<ArgumentText>();
        for (var i = 0; i < metrics.Length; i++) Visit(metrics[i], $"spec.metrics[{i}]", found);
        return found.ToImmutable();
    }

    private static void Visit(JsonElement json, string path, ImmutableArray<ArgumentText>.Builder found)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in json.EnumerateObject())
                {
                    var inner = field.Name == CompareSpec.ProviderName ? $"{path}[\"{field.Name}\"]" : $"{path}.{field.Name}";
                    Add(field.Name, inner, found);
                    Visit(field.Value, inner, found);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in json.EnumerateArray()) Visit(item, $"{path}[{index++}]", found);
                break;
            case JsonValueKind.String:
                Add(json.GetString() ?? "", path, found);
                break;
        }
    }

    private static void Add(string text, string path, ImmutableArray<ArgumentText>.Builder found)
    {
        var asked = Asked().Matches(text);
        if (asked.Count > 0) found.Add(new ArgumentText(path, [.. asked.Select(match => match.Groups["name"].Value)], asked.Sum(match => match.Length) == text.Trim().Length));
    }

    [GeneratedRegex(@"\{\{\s*args\.(?<name>[^}]*?)\s*\}\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Asked();
}
