namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis.Providers;

/// <summary>A Kayenta analysis.</summary>
public sealed class KayentaProvider
{
    /// <summary>Address of the server.</summary>
    public required string Address { get; set; }

    /// <summary>The application.</summary>
    public required string Application { get; set; }

    /// <summary>Name of the canary config.</summary>
    public required string CanaryConfigName { get; set; }

    /// <summary>Account of the metrics.</summary>
    public required string MetricsAccountName { get; set; }

    /// <summary>Account of the configuration.</summary>
    public required string ConfigurationAccountName { get; set; }

    /// <summary>Account of the storage.</summary>
    public required string StorageAccountName { get; set; }

    /// <summary>Scores that decide.</summary>
    public required KayentaThreshold Threshold { get; set; }

    /// <summary>What is compared.</summary>
    public required List<KayentaScope> Scopes { get; set; }

    /// <summary>Whether each measurement begins at the same start.</summary>
    public bool? Lookback { get; set; }
}
