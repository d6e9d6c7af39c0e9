using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Storage;
using CanaryAnalyzer.LocalCluster.Tables;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>Writes objects, lists and tables as the client asked for them.</summary>
internal sealed class Answers(TableWriter tables)
{
    public static Task JsonAsync(HttpContext http, JsonNode body, int code = 200)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body), http.RequestAborted).AsTask();
    }

    public Task ObjectAsync(ApiCall call, JsonObject @object, int code = 200) => JsonAsync(call.Http, call.Form.Kind switch
    {
        AnswerKind.Table => tables.Table(call.Kind, [@object], call.Form.MetaVersion, call.Query("includeObject"), @object.TextAt("metadata", "resourceVersion")),
        AnswerKind.MetadataOnly => Metadata(@object, call.Form.MetaVersion),
        _ => AsVersion(call.Kind, @object),
    }, code);

    public Task ListAsync(ApiCall call, Snapshot snapshot, IEnumerable<StoredObject> items, string? next, long? remaining)
    {
        var version = snapshot.Revision.ToString(CultureInfo.InvariantCulture);
        if (call.Form.Kind == AnswerKind.Table)
        {
            var table = tables.Table(call.Kind, items.Select(i => i.Json), call.Form.MetaVersion, call.Query("includeObject"), version);
            Continue((JsonObject)table["metadata"]!, next, remaining);
            return JsonAsync(call.Http, table);
        }

        var partial = call.Form.Kind == AnswerKind.MetadataOnly;
        var metadata = new JsonObject { ["resourceVersion"] = version };
        Continue(metadata, next, remaining);
        return JsonAsync(call.Http, new JsonObject
        {
            ["kind"] = partial ? "PartialObjectMetadataList" : call.Kind.ListKind,
            ["apiVersion"] = partial ? $"meta.k8s.io/{call.Form.MetaVersion}" : call.Kind.ApiVersion,
            ["metadata"] = metadata,
            ["items"] = new JsonArray([.. items.Select(i => partial ? Metadata(i.Json, call.Form.MetaVersion) : AsVersion(call.Kind, i.Json.Copy()))]),
        });
    }

    /// <summary>The object of a watch's event.</summary>
    public ReadOnlyMemory<byte> Event(ApiCall call, StoredObject stored) => call.Form.Kind switch
    {
        AnswerKind.Table => JsonSerializer.SerializeToUtf8Bytes(tables.Table(call.Kind, [stored.Json], call.Form.MetaVersion, call.Query("includeObject"), null)),
        AnswerKind.MetadataOnly => JsonSerializer.SerializeToUtf8Bytes(Metadata(stored.Json, call.Form.MetaVersion)),
        _ when stored.Json.TextAt("apiVersion") == call.Kind.ApiVersion => stored.Utf8,
        _ => JsonSerializer.SerializeToUtf8Bytes(AsVersion(call.Kind, stored.Copy())),
    };

    private static void Continue(JsonObject metadata, string? next, long? remaining)
    {
        if (next is null)
            return;
        metadata["continue"] = next;
        metadata["remainingItemCount"] = remaining;
    }

    /// <summary>Custom resources are kept in the version that they were first written in; only the name of the version differs.</summary>
    private static JsonObject AsVersion(ResourceKind kind, JsonObject @object)
    {
        if (@object.TextAt("apiVersion") == kind.ApiVersion)
            return @object;
        var copy = @object.Copy();
        copy["apiVersion"] = kind.ApiVersion;
        return copy;
    }

    private static JsonObject Metadata(JsonObject @object, string version) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = $"meta.k8s.io/{version}",
        ["metadata"] = @object["metadata"]?.DeepClone(),
    };
}
