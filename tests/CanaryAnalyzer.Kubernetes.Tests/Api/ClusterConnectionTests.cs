using System.Text;
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_servers_authority_may_be_the_second_one(bool isInline)
    {
        await using var server = await InProcessApiServer.StartAsync(tls: true);
        await using var other = await InProcessApiServer.StartAsync(tls: true);
        var folder = Directory.CreateTempSubdirectory();
        var (text, data) = await AuthorityAsync(server);
        var both = Decoded((await AuthorityAsync(other)).Data) + "\n" + Decoded(data);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "ca.pem"), both, TestContext.Current.CancellationToken);
        var file = Path.Combine(folder.FullName, "config");
        var written = isInline ? $"certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(both))}" : "certificate-authority: ca.pem";
        await File.WriteAllTextAsync(file, text.Replace($"certificate-authority-data: {data}", written, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = file }, TimeProvider.System);

        await connection.Resources.GetAsync(ResourceType.Rollouts, new ResourceKey("team", "web"), TestContext.Current.CancellationToken);

        Assert.Single(server.Requests);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_certificate_of_another_authority_is_refused_unless_the_user_skips_the_check(bool isSkipped, bool isTaken)
    {
        await using var server = await InProcessApiServer.StartAsync(tls: true);
        await using var other = await InProcessApiServer.StartAsync(tls: true);
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "config");
        var (text, data) = await AuthorityAsync(server);
        var written = isSkipped ? "insecure-skip-tls-verify: true" : $"certificate-authority-data: {(await AuthorityAsync(other)).Data}";
        await File.WriteAllTextAsync(file, text.Replace($"certificate-authority-data: {data}", written, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = file }, TimeProvider.System);

        var asking = connection.Resources.GetAsync(ResourceType.Rollouts, new ResourceKey("team", "web"), TestContext.Current.CancellationToken);

        if (isTaken) await asking;
        else await Assert.ThrowsAsync<ResourceException>(() => asking);
        Assert.Equal(isTaken ? 1 : 0, server.Requests.Count);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("another.example", false)]
    public async Task The_certificate_is_checked_for_the_servers_name(string name, bool isRight)
    {
        await using var server = await InProcessApiServer.StartAsync(tls: true);
        var text = await File.ReadAllTextAsync(server.Kubeconfig, TestContext.Current.CancellationToken);
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "config");
        // "localhost" is not in the certificate.
        await File.WriteAllTextAsync(
            file,
            text.Replace("127.0.0.1", "localhost", StringComparison.Ordinal).Replace("server: ", $"tls-server-name: \"{name}\", server: ", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        using var connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = file }, TimeProvider.System);

        var asking = connection.Resources.GetAsync(ResourceType.Rollouts, new ResourceKey("team", "web"), TestContext.Current.CancellationToken);

        if (isRight) await asking;
        else await Assert.ThrowsAsync<ResourceException>(() => asking);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static async Task<(string Text, string Data)> AuthorityAsync(InProcessApiServer server)
    {
        var text = await File.ReadAllTextAsync(server.Kubeconfig, TestContext.Current.CancellationToken);
        return (text, text.Split("certificate-authority-data: ")[1].Split('}')[0]);
    }

    private static string Decoded(string data) => Encoding.UTF8.GetString(Convert.FromBase64String(data));

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
