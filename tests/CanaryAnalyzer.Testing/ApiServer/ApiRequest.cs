using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.Testing.ApiServer;

/// <summary>A request as the Kubernetes API reads it.</summary>
public sealed record ApiRequest(string Method, string Group, string Version, string Plural, string? Namespace, string? Name, string? Subresource)
{
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    public required string Body { get; init; }

    public required string ContentType { get; init; }

    public required string Authorization { get; init; }

    public bool IsWatch => Query.GetValueOrDefault("watch") is "true" or "1";

    public bool IsDryRun => Query.GetValueOrDefault("dryRun") == "All";

    public string QualifiedName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Reads /api/v1/… and /apis/group/version/…; null for any other path.</summary>
    public static async Task<ApiRequest?> ReadAsync(HttpRequest request)
    {
        var parts = request.Path.Value!.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToList();
        if (parts is not (["api", _, _, ..] or ["apis", _, _, _, ..]))
            return null;
        var group = parts[0] == "api" ? "" : parts[1];
        var rest = parts.Skip(parts[0] == "api" ? 1 : 2).ToList();
        var version = rest[0];
        rest.RemoveAt(0);
        string? inNamespace = null;
        if (rest is ["namespaces", _, _, ..])
        {
            inNamespace = rest[1];
            rest.RemoveRange(0, 2);
        }

        using var body = new StreamReader(request.Body);
        return new ApiRequest(request.Method, group, version, rest[0], inNamespace, rest.ElementAtOrDefault(1), rest.ElementAtOrDefault(2))
        {
            Query = request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString()),
            Body = await body.ReadToEndAsync(request.HttpContext.RequestAborted),
            ContentType = request.ContentType ?? "",
            Authorization = request.Headers.Authorization.ToString(),
        };
    }
}
