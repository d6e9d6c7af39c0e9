namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>Authentication by OAuth 2 client credentials.</summary>
public sealed class Oauth2Authentication
{
    /// <summary>Where tokens are fetched.</summary>
    public string? TokenUrl { get; set; }

    /// <summary>The client's id.</summary>
    public string? ClientId { get; set; }

    /// <summary>The client's secret.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Scopes of the token.</summary>
    public List<string>? Scopes { get; set; }
}
