namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>How to authenticate; one of its members is set.</summary>
public sealed class Authentication
{
    /// <summary>By AWS signature.</summary>
    public AwsSignature? Sigv4 { get; set; }

    /// <summary>By OAuth 2 client credentials.</summary>
    public ClientCredentials? Oauth2 { get; set; }

    /// <summary>By user name and password.</summary>
    public BasicCredentials? BasicAuth { get; set; }

    /// <summary>Authentication by AWS signature.</summary>
    public sealed class AwsSignature
    {
        /// <summary>AWS region.</summary>
        public string? Region { get; set; }

        /// <summary>AWS profile.</summary>
        public string? Profile { get; set; }

        /// <summary>Role to assume.</summary>
        public string? RoleArn { get; set; }
    }

    /// <summary>Authentication by OAuth 2 client credentials.</summary>
    public sealed class ClientCredentials
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

    /// <summary>Authentication by user name and password.</summary>
    public sealed class BasicCredentials
    {
        /// <summary>User name.</summary>
        public string? Username { get; set; }

        /// <summary>Password.</summary>
        public string? Password { get; set; }
    }
}
