using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Gateway;

/// <summary>A header or query parameter and the value that it must have.</summary>
internal sealed record ValueMatch(string Name, string Value, bool IsPattern)
{
    public static ValueMatch Of(JsonObject match) => new(match.TextAt("name") ?? "", match.TextAt("value") ?? "", match.TextAt("type") == "RegularExpression");

    public bool Holds(string value) => IsPattern ? Regex.IsMatch(value, $"^(?:{Value})$", RegexOptions.None, TimeSpan.FromMilliseconds(100)) : value == Value;
}
