using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>A request's body: written once, so that it can be sent again.</summary>
internal sealed class ApiBody(JsonNode json, string mediaType)
{
    public const string Json = "application/json";
    public const string JsonPatch = "application/json-patch+json";
    public const string MergePatch = "application/merge-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";

    private readonly byte[] _bytes = System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());

    public HttpContent ToContent() => new ByteArrayContent(_bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
}
