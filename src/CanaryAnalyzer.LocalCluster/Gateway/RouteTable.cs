using System.Collections.Immutable;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Storage;
using CanaryAnalyzer.LocalCluster.Workloads;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.LocalCluster.Gateway;

/// <summary>The rules in force, replaced as a whole whenever a route, a Service or an endpoint changes.</summary>
internal sealed class RouteTable
{
    private ImmutableArray<(RouteMatch Match, RouteRule Rule)> _entries = [];

    public void Replace(IObjectStore store, IEnumerable<StoredObject> routes) =>
        ImmutableInterlocked.InterlockedExchange(ref _entries,
        [
            .. routes.SelectMany(r => Rules(store, r)).SelectMany(rule => rule.Matches.Select(match => (Match: match, Rule: rule)))
                .OrderByDescending(e => e.Match.Precedence),
        ]);

    public RouteRule? Find(HttpRequest request)
    {
        var host = request.Host.Host;
        var entries = _entries;
        // A named host comes before a wildcard, and both before a route for all hosts.
        foreach (var fits in (Func<RouteRule, bool>[])[r => r.Hostnames.Contains(host, StringComparer.OrdinalIgnoreCase), r => r.Hostnames.Any(h => IsWildcardOf(h, host)), r => r.Hostnames.IsEmpty])
        {
            foreach (var (match, rule) in entries)
            {
                if (fits(rule) && match.Holds(request))
                    return rule;
            }
        }

        return null;
    }

    private static bool IsWildcardOf(string pattern, string host) =>
        pattern.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase) && host.Length >= pattern.Length;

    private static IEnumerable<RouteRule> Rules(IObjectStore store, StoredObject route)
    {
        ImmutableArray<string> hostnames = [.. route.Json.ArrayAt("spec", "hostnames")?.Select(h => h.Printed() ?? "") ?? []];
        foreach (var rule in route.Json.ObjectsAt("spec", "rules"))
        {
            var matches = rule.ObjectsAt("matches").Select(RouteMatch.Of).ToImmutableArray();
            yield return new RouteRule(
                $"{route.Key.Namespace}/{route.Key.Name}", hostnames, matches.IsEmpty ? [RouteMatch.Everything] : matches,
                [.. rule.ObjectsAt("filters")],
                [.. rule.ObjectsAt("backendRefs").Select(b => Backend(store, b.TextAt("namespace") ?? route.Key.Namespace, b.TextAt("name") ?? "", b.CountAt("port"), b.NumberAt("weight") ?? 1))]);
        }
    }

    private static RouteBackend Backend(IObjectStore store, string @namespace, string name, int port, long weight)
    {
        var service = store.Get(new ObjectKey(BuiltInKinds.Services.Resource, @namespace, name))?.Json;
        var portName = service.ObjectsAt("spec", "ports").FirstOrDefault(p => p.CountAt("port") == port)?.TextAt("name") ?? "";
        var addresses = store.List(BuiltInKinds.EndpointSlices.Resource, @namespace).Objects
            .Where(s => s.Json.TextAt("metadata", "labels", EndpointSliceController.ServiceLabel) == name)
            .SelectMany(s => Addresses(s.Json, portName));
        return new RouteBackend(name, weight, [.. addresses]);
    }

    private static IEnumerable<string> Addresses(System.Text.Json.Nodes.JsonObject slice, string portName)
    {
        var port = slice.ObjectsAt("ports").FirstOrDefault(p => (p.TextAt("name") ?? "") == portName).CountAt("port");
        return port == 0 ? [] : slice.ObjectsAt("endpoints").Where(e => e.FlagAt("conditions", "ready"))
            .SelectMany(e => e.ArrayAt("addresses") ?? []).Select(a => $"http://{a.Printed()}:{port}");
    }
}
