using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Gateway;

/// <summary>A rule of a route that is in force: where it applies, what it does to requests, and where they go.</summary>
internal sealed record RouteRule(
    string Route, ImmutableArray<string> Hostnames, ImmutableArray<RouteMatch> Matches, ImmutableArray<JsonObject> Filters, ImmutableArray<RouteBackend> Backends)
{
    /// <summary>By weight, with the number drawn from [0, 1); a backend with weight 0 gets nothing. Null where all weights are 0.</summary>
    public RouteBackend? Pick(double drawn)
    {
        var place = drawn * Backends.Sum(b => b.Weight);
        foreach (var backend in Backends)
        {
            if (place < backend.Weight)
                return backend;
            place -= backend.Weight;
        }

        return null;
    }
}
