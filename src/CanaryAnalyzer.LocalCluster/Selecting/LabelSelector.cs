using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;

namespace CanaryAnalyzer.LocalCluster.Selecting;

/// <summary>A label selector, from a query's text or from an object's <c>matchLabels</c> and <c>matchExpressions</c>.</summary>
internal sealed partial class LabelSelector
{
    private readonly List<Requirement> _requirements = [];

    private LabelSelector()
    {
    }

    public static LabelSelector OfQuery(string? text)
    {
        var selector = new LabelSelector();
        foreach (var part in Parts().Matches(text ?? "").Select(m => m.Value.Trim()).Where(p => p.Length > 0))
            selector._requirements.Add(Parse(part));
        return selector;
    }

    public static LabelSelector OfObject(JsonObject? labelSelector)
    {
        var selector = OfMap(labelSelector.ObjectAt("matchLabels"));
        foreach (var expression in labelSelector.ObjectsAt("matchExpressions"))
        {
            var values = expression.ArrayAt("values")?.Select(v => v!.GetValue<string>()).ToArray() ?? [];
            selector._requirements.Add(new Requirement(expression.TextAt("key") ?? "", expression.TextAt("operator")?.ToLowerInvariant() ?? "", values));
        }

        return selector;
    }

    public static LabelSelector OfMap(JsonObject? labels)
    {
        var selector = new LabelSelector();
        foreach (var (label, value) in labels ?? [])
            selector._requirements.Add(new Requirement(label, "in", [value.Printed() ?? ""]));
        return selector;
    }

    public bool Matches(JsonObject? labels) => _requirements.TrueForAll(r => r.Holds(labels.TextAt(r.Label)));

    /// <summary>The selector as the scale subresource shows it.</summary>
    public override string ToString() => string.Join(',', _requirements.Select(r => r.ToString()));

    private static Requirement Parse(string part)
    {
        if (SetForm().Match(part) is { Success: true } set)
            return new Requirement(set.Groups["label"].Value, set.Groups["verb"].Value, [.. set.Groups["values"].Value.Split(',').Select(v => v.Trim())]);
        if (EqualForm().Match(part) is { Success: true } equal)
            return new Requirement(equal.Groups["label"].Value, equal.Groups["verb"].Value == "!=" ? "notin" : "in", [equal.Groups["value"].Value]);
        if (ExistsForm().Match(part) is { Success: true } exists)
            return new Requirement(exists.Groups["label"].Value, exists.Groups["not"].Success ? "doesnotexist" : "exists", []);
        throw ApiException.BadRequest($"unable to parse requirement: {part}");
    }

    [GeneratedRegex(@"[^,(]+(\([^)]*\))?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();

    [GeneratedRegex(@"^(?<label>\S+)\s+(?<verb>in|notin)\s*\((?<values>[^)]*)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SetForm();

    [GeneratedRegex(@"^(?<label>[^\s=!]+)\s*(?<verb>==|=|!=)\s*(?<value>\S*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EqualForm();

    [GeneratedRegex(@"^(?<not>!)?(?<label>[^\s=!,]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExistsForm();

    private sealed record Requirement(string Label, string Verb, string[] Values)
    {
        public bool Holds(string? value) => Verb switch
        {
            "in" => value is not null && Values.Contains(value, StringComparer.Ordinal),
            "notin" => value is null || !Values.Contains(value, StringComparer.Ordinal),
            "exists" => value is not null,
            "doesnotexist" => value is null,
            _ => false,
        };

        public override string ToString() => Verb switch
        {
            "in" when Values.Length == 1 => $"{Label}={Values[0]}",
            "exists" => Label,
            "doesnotexist" => "!" + Label,
            _ => $"{Label} {Verb} ({string.Join(',', Values)})",
        };
    }
}
