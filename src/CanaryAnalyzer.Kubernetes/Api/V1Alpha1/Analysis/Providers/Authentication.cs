namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>How to authenticate; one of its members is set.</summary>
public sealed class Authentication
{
    /// <summary>By AWS signature.</summary>
    public Sigv4Authentication? Sigv4 { get; set; }

    /// <summary>By OAuth 2 client credentials.</summary>
    public Oauth2Authentication? Oauth2 { get; set; }

    /// <summary>By user name and password.</summary>
    public BasicAuthentication? BasicAuth { get; set; }
}
