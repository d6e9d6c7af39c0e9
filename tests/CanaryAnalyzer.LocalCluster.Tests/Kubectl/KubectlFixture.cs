using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.LocalCluster.Tests.Kubectl;

/// <summary>A local cluster with the CRDs of the product and of the Gateway API, and a kubectl for it.</summary>
public sealed class KubectlFixture<T> : IAsyncLifetime
    where T : IKubectl
{
    private readonly string _cache = Directory.CreateTempSubdirectory("canary-kubectl-").FullName;
    private RunningCluster? _cluster;
    private string? _path;
    private string _reason = "";

    internal RunningCluster Cluster => _cluster!;

    internal KubectlRunner Kubectl
    {
        get
        {
            Assert.SkipWhen(_path is null, _reason);
            return new KubectlRunner(_path, Cluster.KubeconfigPath, _cache);
        }
    }

    public async ValueTask InitializeAsync()
    {
        (_path, _reason) = T.Find();
        _cluster = await RunningCluster.StartAsync(new LocalClusterOptions
        {
            ImagesFile = Repository.PathOf("deploy/demo/images.yaml"),
            Manifests = [Repository.PathOf("deploy/demo/gateway-api"), Repository.PathOf("deploy/crds")],
        }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        Directory.Delete(_cache, recursive: true);
    }
}
