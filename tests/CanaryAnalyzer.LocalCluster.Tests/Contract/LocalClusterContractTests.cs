namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

/// <summary>The contract on the local cluster.</summary>
public sealed class LocalClusterContractTests(LocalContractCluster cluster) : ClusterContract<LocalContractCluster>(cluster);
