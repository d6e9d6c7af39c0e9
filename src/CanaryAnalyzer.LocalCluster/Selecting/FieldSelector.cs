using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;

namespace CanaryAnalyzer.LocalCluster.Selecting;

/// <summary>A field selector: <c>path=value</c>, <c>path==value</c> and <c>path!=value</c>, joined by commas. Any scalar field can be named.</summary>
internal sealed class FieldSelector
{
    private readonly List<(string[] Path, bool Equal, string Value)> _requirements = [];

    private FieldSelector()
    {
    }

    public static FieldSelector OfQuery(string? text)
    {
        var selector = new FieldSelector();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw ApiException.BadRequest($"invalid field selector: {part}");
            var unequal = part[at - 1] == '!';
            var path = unequal ? part[..(at - 1)] : part[..at];
            selector._requirements.Add((path.Split('.'), !unequal, part[(at + 1)..].TrimStart('=')));
        }

        return selector;
    }

    public bool Matches(JsonObject @object) =>
        _requirements.TrueForAll(r => string.Equals(@object.At(r.Path).Printed() ?? "", r.Value, StringComparison.Ordinal) == r.Equal);
}
