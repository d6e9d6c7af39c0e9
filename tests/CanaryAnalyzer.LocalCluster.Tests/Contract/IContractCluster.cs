namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

/// <summary>A cluster that the contract is tried on.</summary>
public interface IContractCluster : IAsyncLifetime
{
    /// <summary>The client, or a skipped test with the reason.</summary>
    ApiClient Client { get; }

    /// <summary>A namespace of this run's own.</summary>
    string Namespace { get; }
}
