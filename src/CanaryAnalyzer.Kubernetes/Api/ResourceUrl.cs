using System.Text;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>URLs of the API, relative to the server's address.</summary>
internal static class ResourceUrl
{
    public static string Of(ResourceType type, string? inNamespace, string? name = null, string? subresource = null)
    {
        var url = new StringBuilder(type.Group.Length == 0 ? $"api/{type.Version}" : $"apis/{type.Group}/{type.Version}");
        if (type.Namespaced && inNamespace is not null)
            url.Append("/namespaces/").Append(Uri.EscapeDataString(inNamespace));
        url.Append('/').Append(type.Plural);
        if (name is not null)
            url.Append('/').Append(Uri.EscapeDataString(name));
        if (subresource is not null)
            url.Append('/').Append(subresource);
        return url.ToString();
    }

    public static string Query(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            if (string.IsNullOrEmpty(value))
                continue;
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
        return query.ToString();
    }
}
