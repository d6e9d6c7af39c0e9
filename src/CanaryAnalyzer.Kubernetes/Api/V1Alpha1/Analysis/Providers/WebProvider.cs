using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>An HTTP request whose answer is the measurement.</summary>
public sealed class WebProvider
{
    /// <summary>Method; GET if absent.</summary>
    [AllowedValues("GET", "POST", "PUT")]
    public string? Method { get; set; }

    /// <summary>Address.</summary>
    public required string Url { get; set; }

    /// <summary>Headers.</summary>
    public List<HttpHeader>? Headers { get; set; }

    /// <summary>Body as text.</summary>
    public string? Body { get; set; }

    /// <summary>Body as JSON.</summary>
    public JsonElement? JsonBody { get; set; }

    /// <summary>Time limit in seconds; 10 if absent.</summary>
    public long? TimeoutSeconds { get; set; }

    /// <summary>JSONPath of the value within the answer; the whole answer if absent.</summary>
    public string? JsonPath { get; set; }

    /// <summary>Whether any server certificate is accepted.</summary>
    public bool? Insecure { get; set; }

    /// <summary>How to authenticate; only oauth2.</summary>
    public Authentication? Authentication { get; set; }
}
