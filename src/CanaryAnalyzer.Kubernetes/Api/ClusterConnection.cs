using System.Net;
using k8s;
using k8s.Exceptions;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>
/// A connection to one API server, with everything that a kubeconfig can say: client certificates, tokens, exec plugins, authorities.
/// </summary>
public sealed class ClusterConnection : IDisposable
{
    private readonly HttpClient _client;
    private readonly ApiTransport _transport;

    private ClusterConnection(HttpClient client, KubernetesClientConfiguration configuration, ClusterOptions options, TimeProvider time)
    {
        _client = client;
        Namespace = string.IsNullOrEmpty(configuration.Namespace) ? "default" : configuration.Namespace;
        Server = ClusterHandler.Address(configuration);
        var version = configuration.DisableHttp2 ? HttpVersion.Version11 : HttpVersion.Version20;
        var credentials = k8s.Kubernetes.CreateCredentials(configuration);
        _transport = new ApiTransport(client, credentials, Server, version, options.UserAgent, time) { ServerName = configuration.TlsServerName };
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
            var handler = ClusterHandler.Create(configuration, options.IsOnlyPeer);
            return new ClusterConnection(new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan }, configuration, options, time);
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
    public void Dispose() => _client.Dispose();

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
