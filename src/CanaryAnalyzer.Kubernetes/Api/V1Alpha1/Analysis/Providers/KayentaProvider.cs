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
    public required Scores Threshold { get; set; }

    /// <summary>What is compared.</summary>
    public required List<Scope> Scopes { get; set; }

    /// <summary>Whether each measurement begins at the same start.</summary>
    public bool? Lookback { get; set; }

    /// <summary>Scores that decide.</summary>
    public sealed class Scores
    {
        /// <summary>Least score of success.</summary>
        public required long Pass { get; set; }

        /// <summary>Least score that is not a failure.</summary>
        public required long Marginal { get; set; }
    }

    /// <summary>What is compared.</summary>
    public sealed class Scope
    {
        /// <summary>Name of the scope.</summary>
        public required string Name { get; set; }

        /// <summary>The stable side.</summary>
        public required ScopeDetail ControlScope { get; set; }

        /// <summary>The canary side.</summary>
        public required ScopeDetail ExperimentScope { get; set; }
    }

    /// <summary>One side of a Kayenta analysis.</summary>
    public sealed class ScopeDetail
    {
        /// <summary>The scope.</summary>
        public required string Scope { get; set; }

        /// <summary>The region.</summary>
        public required string Region { get; set; }

        /// <summary>Distance of the samples, in seconds.</summary>
        public required long Step { get; set; }

        /// <summary>Begin of the time that is compared.</summary>
        public required string Start { get; set; }

        /// <summary>End of the time that is compared.</summary>
        public required string End { get; set; }
    }
}
