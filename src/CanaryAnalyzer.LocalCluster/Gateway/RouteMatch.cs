using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.LocalCluster.Json;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.LocalCluster.Gateway;

/// <summary>One <c>matches</c> entry: path, method, headers and query parameters, all of which must hold.</summary>
internal sealed record RouteMatch(string PathType, string Path, string? Method, ImmutableArray<ValueMatch> Headers, ImmutableArray<ValueMatch> Parameters)
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    /// <summary>What a rule without matches applies to.</summary>
    public static readonly RouteMatch Everything = new("PathPrefix", "/", null, [], []);

    public static RouteMatch Of(JsonObject match) => new(
        match.TextAt("path", "type") ?? "PathPrefix", match.TextAt("path", "value") ?? "/", match.TextAt("method"),
        [.. match.ObjectsAt("headers").Select(ValueMatch.Of)], [.. match.ObjectsAt("queryParams").Select(ValueMatch.Of)]);

    /// <summary>Sorts matches: exact paths first, then longer prefixes, then those that ask for more.</summary>
    public (bool Exact, int Length, bool Method, int Headers, int Parameters) Precedence =>
        (PathType == "Exact", Path.Length, Method is not null, Headers.Length, Parameters.Length);

    public bool Holds(HttpRequest request) =>
        PathHolds(request.Path.Value ?? "/") && (Method is null || Method == request.Method)
        && Headers.All(h => request.Headers.TryGetValue(h.Name, out var value) && h.Holds(value.ToString()))
        && Parameters.All(p => request.Query.TryGetValue(p.Name, out var value) && p.Holds(value.ToString()));

    private bool PathHolds(string path) => PathType switch
    {
        "Exact" => path == Path,
        "RegularExpression" => Regex.IsMatch(path, $"^(?:{Path})$", RegexOptions.None, PatternTime),
        _ => Path == "/" || path == Path.TrimEnd('/') || path.StartsWith(Path.TrimEnd('/') + "/", StringComparison.Ordinal),
    };
}
