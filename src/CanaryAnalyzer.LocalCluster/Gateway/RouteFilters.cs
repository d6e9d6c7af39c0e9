using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.LocalCluster.Gateway;

/// <summary>The filters that the gateway knows: changes of request and response headers. A route with another one is not accepted.</summary>
internal static class RouteFilters
{
    private static readonly string[] Known = ["RequestHeaderModifier", "ResponseHeaderModifier"];

    public static string? Unknown(JsonObject route) =>
        route.ObjectsAt("spec", "rules").SelectMany(r => r.ObjectsAt("filters")).Select(f => f.TextAt("type") ?? "").FirstOrDefault(t => !Known.Contains(t));

    public static void Apply(RouteRule rule, HttpContext http)
    {
        foreach (var filter in rule.Filters)
        {
            if (filter.ObjectAt("requestHeaderModifier") is { } request)
                Change(request, http.Request.Headers);
            if (filter.ObjectAt("responseHeaderModifier") is { } response)
                http.Response.OnStarting(() =>
                {
                    Change(response, http.Response.Headers);
                    return Task.CompletedTask;
                });
        }
    }

    private static void Change(JsonObject modifier, IHeaderDictionary headers)
    {
        foreach (var header in modifier.ObjectsAt("set"))
            headers[header.TextAt("name") ?? ""] = header.TextAt("value");
        foreach (var header in modifier.ObjectsAt("add"))
            headers.Append(header.TextAt("name") ?? "", header.TextAt("value"));
        foreach (var name in modifier.ArrayAt("remove") ?? [])
            headers.Remove(name.Printed() ?? "");
    }
}
