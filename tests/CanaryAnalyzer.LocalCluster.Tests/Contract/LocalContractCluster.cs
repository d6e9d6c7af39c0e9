namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

/// <summary>The local cluster.</summary>
public sealed class LocalContractCluster : IContractCluster
{
    private RunningCluster? _cluster;

    public ApiClient Client { get; private set; } = null!;

    public string Namespace => "contract";

    public async ValueTask InitializeAsync()
    {
        _cluster = await RunningCluster.StartAsync(new LocalClusterOptions { History = 200 }, CancellationToken.None);
        Client = ApiClient.Open(_cluster.KubeconfigPath);
        await ContractWorld.PrepareAsync(Client, Namespace);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
