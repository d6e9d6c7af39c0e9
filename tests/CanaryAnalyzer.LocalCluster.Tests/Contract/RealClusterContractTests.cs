namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

/// <summary>The contract on a real API server.</summary>
public sealed class RealClusterContractTests(RealContractCluster cluster) : ClusterContract<RealContractCluster>(cluster);
