using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Patching;

namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>Answers <c>create</c>, <c>update</c>, <c>patch</c>, <c>delete</c> and <c>deletecollection</c>.</summary>
internal sealed class WriteRequests(ObjectWriter writer, ObjectRemover remover, Answers answers, TimeProvider time)
{
    public async Task CreateAsync(ApiCall call)
    {
        var given = await call.BodyObjectAsync();
        await answers.ObjectAsync(call, writer.Create(call.Kind, NamespaceOf(call, given), given, call.Options()), 201);
    }

    public async Task UpdateAsync(ApiCall call)
    {
        var given = await call.BodyObjectAsync();
        await AnswerAsync(call, writer.Update(call.Kind, call.Namespace ?? "", call.Name, _ => given.Copy(), call.Options()));
    }

    public async Task PatchAsync(ApiCall call)
    {
        var mediaType = call.Http.Request.ContentType?.Split(';')[0] ?? "";
        var body = await call.BodyAsync();
        var options = call.Options();
        if (mediaType == Patcher.ApplyYaml)
        {
            await ApplyAsync(call, ApiCall.ParseObject(body) ?? throw ApiException.BadRequest("the request has no object in its body"), options);
            return;
        }

        var change = Patcher.Change(call.Kind, mediaType, body);
        await AnswerAsync(call, writer.Update(call.Kind, call.Namespace ?? "", call.Name, change, options));
    }

    public async Task DeleteAsync(ApiCall call)
    {
        var options = await call.DeleteOptionsAsync();
        var left = remover.Delete(call.Kind, call.Key, options, out var last);
        if (left is not null)
            await answers.ObjectAsync(call, left);
        else
            await Answers.JsonAsync(call.Http, Gone(call.Kind, call.Name, last.Uid));
    }

    public async Task DeleteCollectionAsync(ApiCall call)
    {
        var options = await call.DeleteOptionsAsync();
        var (labels, fields) = (call.Labels, call.Fields);
        var snapshot = writer.Store.List(call.Kind.Resource, call.Namespace);
        var chosen = snapshot.Objects.Where(o => labels.Matches(o.Json.ObjectAt("metadata", "labels")) && fields.Matches(o.Json)).ToList();
        foreach (var item in chosen)
            remover.TryDelete(call.Kind, item.Key, options);
        await answers.ListAsync(call, snapshot, chosen, null, null);
    }

    private async Task ApplyAsync(ApiCall call, JsonObject applied, WriteOptions options)
    {
        if (call.Query("fieldManager") is not { Length: > 0 })
            throw ApiException.Invalid(call.Kind, call.Name, [FieldProblem.Required("fieldManager", "is required for apply patch")]);
        var apply = new ServerSideApply(call.Kind, applied, options.FieldManager, call.Flag("force"), time.GetUtcNow());
        options = options with { IsApply = true };
        var exists = writer.Store.Get(call.Key) is not null;
        if (exists || call.Subresource.Length > 0)
        {
            await AnswerAsync(call, writer.Update(call.Kind, call.Namespace ?? "", call.Name, apply.Onto, options));
            return;
        }

        var first = apply.First();
        first.Ensure("metadata")["name"] = call.Name;
        await answers.ObjectAsync(call, writer.Create(call.Kind, call.Namespace ?? "", first, options), 201);
    }

    private Task AnswerAsync(ApiCall call, JsonObject? next) =>
        next is null ? Answers.JsonAsync(call.Http, Gone(call.Kind, call.Name, "")) : answers.ObjectAsync(call, next);

    private static string NamespaceOf(ApiCall call, JsonObject given)
    {
        if (call.Namespace is not null || !call.Kind.Namespaced)
            return call.Namespace ?? "";
        return given.TextAt("metadata", "namespace") ?? throw ApiException.BadRequest("an empty namespace may not be set during creation");
    }

    private static JsonObject Gone(ResourceKind kind, string name, string uid) => new()
    {
        ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success",
        ["details"] = new JsonObject { ["name"] = name, ["group"] = kind.Group, ["kind"] = kind.Plural, ["uid"] = uid },
    };
}
