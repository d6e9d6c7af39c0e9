using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Kubernetes.Tests.Api;

public sealed class ClusterConnectionTests
{
    [Fact]
    public async Task Context_gives_the_namespace()
    {
        await using var server = await InProcessApiServer.StartAsync();

        using var current = server.Connect();
        using var other = ClusterConnection.Open(new ClusterOptions { Kubeconfig = server.Kubeconfig, Context = "elsewhere" }, TimeProvider.System);

        Assert.Equal(("team", "other"), (current.Namespace, other.Namespace));
    }

    [Fact]
    public async Task Paths_in_the_file_are_relative_to_it()
    {
        await using var server = await InProcessApiServer.StartAsync(tls: true);
        var folder = Directory.CreateTempSubdirectory();
        var inline = await File.ReadAllTextAsync(server.Kubeconfig, TestContext.Current.CancellationToken);
        var data = inline.Split("certificate-authority-data: ")[1].Split('}')[0];
        var file = Path.Combine(folder.FullName, "config");
        await File.WriteAllTextAsync(
            file, inline.Replace($"certificate-authority-data: {data}", "certificate-authority: ca.pem", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "ca.pem"), Convert.FromBase64String(data), TestContext.Current.CancellationToken);
        using var connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = file }, TimeProvider.System);

        await connection.Resources.GetAsync(ResourceType.Rollouts, new ResourceKey("team", "web"), TestContext.Current.CancellationToken);

        Assert.Equal($"Bearer {InProcessApiServer.Token}", server.Requests.Single().Authorization);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Missing_file_is_named()
    {
        var failure = Assert.Throws<ClusterConfigurationException>(
            () => ClusterConnection.Open(new ClusterOptions { Kubeconfig = "/nowhere/kubeconfig" }, TimeProvider.System));

        Assert.Contains("/nowhere/kubeconfig", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_context_is_a_configuration_error()
    {
        await using var server = await InProcessApiServer.StartAsync();

        var failure = Assert.Throws<ClusterConfigurationException>(
            () => ClusterConnection.Open(new ClusterOptions { Kubeconfig = server.Kubeconfig, Context = "nowhere" }, TimeProvider.System));

        Assert.Contains("nowhere", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clusters: [")]
    [InlineData("")]
    [InlineData("current-context: a\n")]
    public async Task Unusable_file_is_a_configuration_error(string text)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        try
        {
            Assert.Throws<ClusterConfigurationException>(() => ClusterConnection.Open(new ClusterOptions { Kubeconfig = file }, TimeProvider.System));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
