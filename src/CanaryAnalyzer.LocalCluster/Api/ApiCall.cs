using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Manifests;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Selecting;
using CanaryAnalyzer.LocalCluster.Storage;
using Microsoft.AspNetCore.Http;
using YamlDotNet.Core;

namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>One request on a resource, with its parameters parsed.</summary>
internal sealed class ApiCall(HttpContext http, ResourceKind kind, RequestTarget target)
{
    private const int LargestBody = 8 << 20;

    public HttpContext Http => http;

    public ResourceKind Kind => kind;

    /// <summary>Null where all namespaces are meant, or the kind has none.</summary>
    public string? Namespace => kind.Namespaced ? target.Namespace : null;

    public string Name => target.Name ?? throw ApiException.MethodNotAllowed();

    public bool HasName => target.Name is not null;

    public string Subresource => target.Subresource;

    public ObjectKey Key => new(kind.Resource, Namespace ?? "", Name);

    public CancellationToken Aborted => http.RequestAborted;

    public LabelSelector Labels => LabelSelector.OfQuery(Query("labelSelector"));

    public FieldSelector Fields => FieldSelector.OfQuery(Query("fieldSelector"));

    public AnswerForm Form => AnswerForm.Of(http.Request.Headers.Accept.ToString());

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public bool Flag(string name) => Query(name) is "true" or "1" or "True";

    public long? Number(string name) =>
        Query(name) is not { Length: > 0 } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw ApiException.BadRequest($"{name}: a whole number is needed, not \"{text}\"");

    public WriteOptions Options() => new()
    {
        DryRun = DryRun(Query("dryRun")),
        FieldManager = Query("fieldManager") ?? http.Request.Headers.UserAgent.ToString().Split('/')[0],
        RefuseUnknownFields = Query("fieldValidation") == "Strict",
        Subresource = Subresource,
    };

    public async Task<string> BodyAsync()
    {
        if (http.Request.ContentLength > LargestBody)
            throw new ApiException(413, "RequestEntityTooLarge", $"Request entity too large: limit is {LargestBody}");
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(Aborted);
    }

    /// <summary>The object of the body, which is JSON or YAML.</summary>
    public async Task<JsonObject> BodyObjectAsync()
    {
        var type = http.Request.ContentType ?? "application/json";
        if (type.Contains("protobuf", StringComparison.Ordinal))
            throw new ApiException(415, "UnsupportedMediaType", "the local cluster reads JSON and YAML, not protobuf, which kubectl create sends: use kubectl apply -f");
        return ParseObject(await BodyAsync()) ?? throw ApiException.BadRequest("the request has no object in its body");
    }

    public async Task<DeleteOptions> DeleteOptionsAsync()
    {
        var body = ParseObject(await BodyAsync());
        var orphans = body.FlagAt("orphanDependents") || Flag("orphanDependents");
        return new DeleteOptions
        {
            Propagation = body.TextAt("propagationPolicy") ?? Query("propagationPolicy") ?? (orphans ? "Orphan" : "Background"),
            GracePeriodSeconds = body.NumberAt("gracePeriodSeconds") ?? Number("gracePeriodSeconds"),
            Uid = body.TextAt("preconditions", "uid"),
            ResourceVersion = body.TextAt("preconditions", "resourceVersion"),
            DryRun = DryRun(body.ArrayAt("dryRun") is { Count: > 0 } all ? all[0].Printed() : Query("dryRun")),
        };
    }

    public static JsonObject? ParseObject(string body)
    {
        if (string.IsNullOrWhiteSpace(body))
            return null;
        try
        {
            return body.TrimStart().StartsWith('{') ? JsonNode.Parse(body) as JsonObject : YamlDocuments.Read(body) is [var first, ..] ? first : null;
        }
        catch (Exception e) when (e is JsonException or YamlException)
        {
            throw ApiException.BadRequest($"the body cannot be read: {e.Message}");
        }
    }

    private static bool DryRun(string? value) => value switch
    {
        null or "" => false,
        "All" => true,
        _ => throw ApiException.BadRequest($"dryRun: Unsupported value: \"{value}\": supported values: \"All\""),
    };
}
