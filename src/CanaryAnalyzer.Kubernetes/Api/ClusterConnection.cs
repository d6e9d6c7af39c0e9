using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using k8s;
using k8s.Exceptions;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>
/// A connection to one API server, with everything that a kubeconfig can say: client certificates, tokens, exec plugins, authorities.
/// </summary>
public sealed class ClusterConnection : IDisposable
{
    // As client-go: a connection that is silent for 30 s is asked, and given up 15 s later.
    private static readonly TimeSpan SilenceBeforePing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingAnswer = TimeSpan.FromSeconds(15);

    private readonly k8s.Kubernetes _kubernetes;
    private readonly ApiTransport _transport;

    private ClusterConnection(k8s.Kubernetes kubernetes, KubernetesClientConfiguration configuration, ClusterOptions options, TimeProvider time)
    {
        _kubernetes = kubernetes;
        Namespace = string.IsNullOrEmpty(configuration.Namespace) ? "default" : configuration.Namespace;
        Server = kubernetes.BaseUri;
        var version = configuration.DisableHttp2 ? HttpVersion.Version11 : HttpVersion.Version20;
        _transport = new ApiTransport(kubernetes.HttpClient, kubernetes.Credentials, Server, version, options.UserAgent, time) { ServerName = configuration.TlsServerName };
        Resources = new ResourceClient(_transport);
    }

    /// <summary>The namespace of the context, else <c>default</c>.</summary>
    public string Namespace { get; }

    /// <summary>The server's address.</summary>
    public Uri Server { get; }

    /// <summary>The server's objects.</summary>
    public IResourceClient Resources { get; }

    /// <summary>Reads the configuration; nothing is sent yet.</summary>
    /// <exception cref="ClusterConfigurationException">There is none, or it can't be used.</exception>
    public static ClusterConnection Open(ClusterOptions options, TimeProvider time)
    {
        try
        {
            var configuration = Read(options);
            configuration.FirstMessageHandlerSetup = handler =>
            {
                handler.EnableMultipleHttp2Connections = true;
                handler.KeepAlivePingDelay = SilenceBeforePing;
                handler.KeepAlivePingTimeout = PingAnswer;
                handler.AutomaticDecompression = DecompressionMethods.GZip;
                Trust(handler.SslOptions, configuration, options.IsOnlyPeer);
            };
            return new ClusterConnection(new k8s.Kubernetes(configuration), configuration, options, time);
        }
        catch (Exception exception) when (exception is KubeConfigException or YamlDotNet.Core.YamlException or IOException or FormatException
                                              or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new ClusterConfigurationException($"The kubeconfig can't be used: {exception.Message}", exception);
        }
    }

    /// <summary>Whether the server answers a GET with a success: of its own paths, or of a Service behind its proxy.</summary>
    /// <param name="path">The path on the server, such as <c>api/v1/namespaces/monitoring/services/prometheus:9090/proxy/-/ready</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<bool> AnswersAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _transport.OpenAsync(path, cancellationToken);
            return true;
        }
        catch (ResourceException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _kubernetes.Dispose();

    /// <summary>
    /// Trusts the kubeconfig's authorities alone, as kubectl. Otherwise .NET first builds a chain to the machine's own authorities, and the library another to these.
    /// </summary>
    private static void Trust(SslClientAuthenticationOptions tls, KubernetesClientConfiguration configuration, bool isOnlyPeer)
    {
        if (configuration.SkipTlsVerify || configuration.SslCaCerts is not { Count: > 0 } authorities)
            return;
        tls.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        tls.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        if (isOnlyPeer)
            MachineAuthorities.Ignore();
    }

    private static KubernetesClientConfiguration Read(ClusterOptions options)
    {
        var files = Files(options);
        if (files.Count > 0)
        {
            var merged = KubeconfigFiles.Load(files);
            var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(merged, options.Context);
            if (KubeconfigFiles.Authorities(merged, options.Context) is { Count: > 1 } authorities)
                configuration.SslCaCerts = authorities;
            return configuration;
        }

        if (KubernetesClientConfiguration.IsInCluster())
            return KubernetesClientConfiguration.InClusterConfig();
        throw new ClusterConfigurationException(
            "There is no kubeconfig: name one with --kubeconfig or the environment variable KUBECONFIG, or put it at ~/.kube/config.");
    }

    private static List<string> Files(ClusterOptions options)
    {
        if (options.Kubeconfig is { } named)
            return File.Exists(named) ? [named] : throw new ClusterConfigurationException($"There is no kubeconfig at {named}.");
        var fromEnvironment = Environment.GetEnvironmentVariable("KUBECONFIG");
        var candidates = string.IsNullOrEmpty(fromEnvironment)
            ? [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")]
            : fromEnvironment.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return [.. candidates.Where(File.Exists)];
    }
}
