using System.Globalization;

namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

/// <summary>The API server that the variable CANARY_KUBECONFIG names.</summary>
public sealed class RealContractCluster : IContractCluster
{
    private ApiClient? _client;

    public ApiClient Client
    {
        get
        {
            Assert.SkipWhen(_client is null, "no real API server: CANARY_KUBECONFIG names none");
            return _client;
        }
    }

    public string Namespace { get; } = "contract-" + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("CANARY_KUBECONFIG") is not { Length: > 0 } kubeconfig)
            return;
        _client = ApiClient.Open(kubeconfig);
        await ContractWorld.PrepareAsync(_client, Namespace);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is null)
            return;
        await _client.DeleteAsync($"/api/v1/namespaces/{Namespace}");
        await _client.DeleteAsync($"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{ContractWorld.Definition}");
        await _client.DeleteAsync($"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{ContractWorld.PlainDefinition}");
        _client.Dispose();
    }
}
