using System.Diagnostics;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

/// <summary>Waits for an API server to serve a kind that was just installed.</summary>
internal static class Served
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task WaitAsync(IResourceClient client, ResourceType type, string inNamespace)
    {
        var clock = Stopwatch.StartNew();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsServedAsync(client, type, inNamespace))
        {
            Assert.True(clock.Elapsed < Limit, $"{type} is not served within {Limit.TotalSeconds} s");
            await again.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<bool> IsServedAsync(IResourceClient client, ResourceType type, string inNamespace)
    {
        try
        {
            await client.ListAsync(type, new ListOptions { Namespace = inNamespace }, TestContext.Current.CancellationToken);
            return true;
        }
        catch (ResourceException exception) when (exception.IsNotFound)
        {
            return false;
        }
    }
}
