using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Pods;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>Finds what a request on a resource wants: the one place where methods and paths become verbs.</summary>
internal sealed class ResourceRequests(
    ResourceRegistry registry, ReadRequests reads, WatchRequests watches, WriteRequests writes, ScaleRequests scales, ReviewRequests reviews, PodLogs logs)
{
    public Task AnswerAsync(HttpContext http, RequestTarget target)
    {
        var kind = registry.Find(target.Group, target.Version, target.Plural) ?? throw ApiException.NoSuchPath();
        var call = new ApiCall(http, kind, target);
        if (kind.IsReview)
            return http.Request.Method == "POST" ? reviews.AnswerAsync(call) : throw ApiException.MethodNotAllowed();
        return target.Subresource switch
        {
            "" => ObjectAsync(call),
            "status" when kind.HasStatus => PartAsync(call, reads.GetAsync, writes.UpdateAsync, writes.PatchAsync),
            "scale" when kind.Scale is not null => PartAsync(call, scales.GetAsync, scales.UpdateAsync, scales.PatchAsync),
            "log" when kind == BuiltInKinds.Pods && http.Request.Method == "GET" => logs.AnswerAsync(call),
            _ => throw ApiException.NoSuchPath(),
        };
    }

    private Task ObjectAsync(ApiCall call)
    {
        var isWatch = call.Flag("watch");
        return (call.Http.Request.Method, call.HasName) switch
        {
            ("GET", _) when isWatch => watches.WatchAsync(call),
            ("GET", true) => reads.GetAsync(call),
            ("GET", false) => reads.ListAsync(call),
            ("POST", false) => writes.CreateAsync(call),
            ("PUT", true) => writes.UpdateAsync(call),
            ("PATCH", true) => writes.PatchAsync(call),
            ("DELETE", true) => writes.DeleteAsync(call),
            ("DELETE", false) => writes.DeleteCollectionAsync(call),
            _ => throw ApiException.MethodNotAllowed(),
        };
    }

    private static Task PartAsync(ApiCall call, Func<ApiCall, Task> get, Func<ApiCall, Task> update, Func<ApiCall, Task> patch) => call.Http.Request.Method switch
    {
        "GET" => get(call),
        "PUT" => update(call),
        "PATCH" => patch(call),
        _ => throw ApiException.MethodNotAllowed(),
    };
}
