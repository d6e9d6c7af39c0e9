using System.Text;
using System.Text.Json;
using CanaryAnalyzer.Kubernetes.Api;
using k8s;
using k8s.KubeConfigModels;
using YamlDotNet.Core;

namespace CanaryAnalyzer.Kubernetes.Tests.Api;

/// <summary>What the library's own loader reads from a kubeconfig, this one reads too.</summary>
public sealed class KubeconfigReaderTests
{
    private const string Everything = """
        apiVersion: v1
        kind: Config
        current-context: "a"
        preferences: {}
        clusters:
        - name: plain
          cluster: {server: "https://10.0.0.1:6443", certificate-authority: ca.pem, tls-server-name: api}
        - cluster:
            server: https://[::1]:6443
            certificate-authority-data: QUJD
            insecure-skip-tls-verify: true
            extensions: [{name: minikube, extension: {version: v1}}]
          name: other
        contexts:
        - {name: a, context: {cluster: plain, user: cert, namespace: team}}
        - {name: b, context: {cluster: other, user: exec}}
        users:
        - name: cert
          user: {client-certificate-data: QQ==, client-key-data: Qg==}
        - name: files
          user: {client-certificate: c.pem, client-key: k.pem}
        - name: token
          user: {token: 0123, as: jane, as-groups: [one, two], as-user-extra: {reason: why}}
        - name: password
          user: {username: "null", password: 'it''s'}
        - name: provider
          user: {auth-provider: {name: oidc, config: {id-token: t, client-id: c}}}
        - name: exec
          user:
            exec:
              apiVersion: client.authentication.k8s.io/v1
              command: aws
              args: [eks, get-token, --cluster-name, "x"]
              env: [{name: AWS_PROFILE, value: team}]
              installHint: |
                Install aws.
              provideClusterInfo: false
        """;

    private const string Json = """{"apiVersion": "v1", "clusters": [{"name": "c", "cluster": {"server": "https://a"}}], "contexts": [], "users": [], "current-context": "c"}""";

    private const string Anchored = """
        clusters:
        - name: one
          cluster: &base {server: https://a, certificate-authority: ca.pem}
        - name: two
          cluster:
            <<: *base
            server: https://b
        """;

    [Theory]
    [InlineData(Everything)]
    [InlineData(Json)]
    [InlineData(Anchored)]
    public void Reads_what_the_library_reads(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var expected = KubernetesClientConfiguration.LoadKubeConfig(stream);

        Assert.Equal(Describe(expected), Describe(KubeconfigReader.Read(text)));
    }

    [Theory]
    [InlineData("clusters: {}")]
    [InlineData("clusters: [{name: a, cluster: [b]}]")]
    [InlineData("users: [{name: a, user: {token: {a: b}}}]")]
    [InlineData("clusters: [{name: a, cluster: {insecure-skip-tls-verify: perhaps}}]")]
    public void A_field_of_another_shape_is_an_error_with_its_place(string text) =>
        Assert.NotEqual(default, Assert.ThrowsAny<YamlException>(() => KubeconfigReader.Read(text)).Start);

    [Fact]
    public async Task A_plugin_of_a_user_gives_its_token()
    {
        var file = Path.GetTempFileName();
        var token = TestContext.Current.CancellationToken;
        var plugin = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sh");
        await File.WriteAllTextAsync(
            plugin, "#!/bin/sh\necho '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"from-'$TOKEN'\"}}'\n", token);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(plugin, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(file, $$$"""
            current-context: a
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
            contexts: [{name: a, context: {cluster: c, user: u}}]
            users:
            - name: u
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: {{{plugin}}}
                  env: [{name: TOKEN, value: plugin}]
            """, token);

        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(KubeconfigFiles.Load([file]));

        Assert.Equal("from-plugin", configuration.AccessToken);
        File.Delete(file);
        File.Delete(plugin);
    }

    [Fact]
    public async Task The_token_of_an_openid_provider_is_used()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """
            current-context: a
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
            contexts: [{name: a, context: {cluster: c, user: u}}]
            users: [{name: u, user: {auth-provider: {name: oidc, config: {id-token: current}}}}]
            """, TestContext.Current.CancellationToken);

        Assert.Equal("current", KubernetesClientConfiguration.BuildConfigFromConfigObject(KubeconfigFiles.Load([file])).AccessToken);
        File.Delete(file);
    }

    private static string Describe(K8SConfiguration configuration) => JsonSerializer.Serialize(configuration);
}
