using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Objects;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>Answers paths that name no object: discovery, health, and the API description.</summary>
internal sealed class DocumentRequests(DiscoveryDocuments documents)
{
    private const string OpenApiV2Protobuf = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    // gnostic's openapi_v2.Document with swagger "2.0" and an info (title, version), no paths, no definitions.
    private static readonly byte[] EmptyOpenApi =
    [
        0x0a, 3, (byte)'2', (byte)'.', (byte)'0',
        0x12, 15, 0x0a, 5, (byte)'l', (byte)'o', (byte)'c', (byte)'a', (byte)'l', 0x12, 6, (byte)'v', (byte)'1', (byte)'.', (byte)'3', (byte)'2', (byte)'0',
    ];

    public static bool IsOpenToAll(string path) => path is "/healthz" or "/livez" or "/readyz" or "/version";

    public async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        switch (path.TrimEnd('/'))
        {
            case "/healthz" or "/livez" or "/readyz":
                await http.Response.WriteAsync("ok", http.RequestAborted);
                return;
            case "/openapi/v2":
                await OpenApiAsync(http);
                return;
        }

        await Answers.JsonAsync(http, Document(path.Trim('/').Split('/')) ?? throw ApiException.NoSuchPath());
    }

    private JsonObject? Document(string[] steps) => steps switch
    {
        [""] => new JsonObject { ["paths"] = new JsonArray("/api", "/api/v1", "/apis", "/healthz", "/livez", "/openapi/v2", "/readyz", "/version") },
        ["version"] => DiscoveryDocuments.Version(),
        ["api"] => DiscoveryDocuments.CoreVersions(),
        ["api", var version] => documents.Resources("", version),
        ["apis"] => documents.Groups(),
        ["apis", var group] => documents.Group(group),
        ["apis", var group, var version] => documents.Resources(group, version),
        _ => null,
    };

    /// <summary>kubectl before 1.27 refuses to apply without an API description; an empty one lets it apply without checking.</summary>
    private static async Task OpenApiAsync(HttpContext http)
    {
        if (http.Request.Headers.Accept.ToString().Contains("protobuf", StringComparison.Ordinal))
        {
            http.Response.ContentType = OpenApiV2Protobuf;
            await http.Response.Body.WriteAsync(EmptyOpenApi, http.RequestAborted);
        }
        else
        {
            await Answers.JsonAsync(http, new JsonObject
            {
                ["swagger"] = "2.0", ["info"] = new JsonObject { ["title"] = "local", ["version"] = "v1.32" }, ["paths"] = new JsonObject(), ["definitions"] = new JsonObject(),
            });
        }
    }
}
