using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Patching;
using CanaryAnalyzer.LocalCluster.Selecting;

namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>Answers for the scale subresource.</summary>
internal sealed class ScaleRequests(ObjectWriter writer)
{
    private static readonly ResourceKind ScaleKind = new("autoscaling", "v1", "Scale", "scales");

    public Task GetAsync(ApiCall call) => Answers.JsonAsync(call.Http, Scale(call.Kind, Current(call)));

    public async Task UpdateAsync(ApiCall call)
    {
        var given = await call.BodyObjectAsync();
        await ChangeAsync(call, _ => given.Copy());
    }

    public async Task PatchAsync(ApiCall call) =>
        await ChangeAsync(call, Patcher.Change(ScaleKind with { IsCustom = call.Kind.IsCustom }, call.Http.Request.ContentType?.Split(';')[0] ?? "", await call.BodyAsync()));

    private async Task ChangeAsync(ApiCall call, Func<JsonObject, JsonObject> change)
    {
        var paths = call.Kind.Scale!;
        var next = writer.Update(call.Kind, call.Namespace ?? "", call.Name, current =>
        {
            var wanted = change(Scale(call.Kind, current));
            if (wanted.TextAt("metadata", "resourceVersion") is { Length: > 0 } version && version != current.TextAt("metadata", "resourceVersion"))
                throw ApiException.Modified(call.Kind, call.Name);
            current.Ensure(paths.SpecReplicas.AsSpan(..^1))[paths.SpecReplicas[^1]] = wanted.At("spec", "replicas")?.DeepClone() ?? 0;
            return current;
        }, call.Options() with { Subresource = "" });
        await Answers.JsonAsync(call.Http, Scale(call.Kind, next!));
    }

    private JsonObject Current(ApiCall call) => writer.Store.Get(call.Key)?.Json ?? throw ApiException.NotFound(call.Kind, call.Name);

    private static JsonObject Scale(ResourceKind kind, JsonObject @object)
    {
        var paths = kind.Scale!;
        var metadata = new JsonObject();
        foreach (var name in (string[])["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
            metadata[name] = @object.At("metadata", name)?.DeepClone();
        var selector = @object.At(paths.Selector);
        var text = selector is JsonObject structured ? LabelSelector.OfObject(structured).ToString() : selector.Printed();
        return new JsonObject
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject { ["replicas"] = @object.CountAt(paths.SpecReplicas) },
            ["status"] = new JsonObject { ["replicas"] = @object.CountAt(paths.StatusReplicas), ["selector"] = text },
        };
    }
}
