using System.Net;
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

    private ClusterConnection(k8s.Kubernetes kubernetes, KubernetesClientConfiguration configuration, ClusterOptions options, TimeProvider time)
    {
        _kubernetes = kubernetes;
        Namespace = string.IsNullOrEmpty(configuration.Namespace) ? "default" : configuration.Namespace;
        Server = kubernetes.BaseUri;
        var version = configuration.DisableHttp2 ? HttpVersion.Version11 : HttpVersion.Version20;
        Resources = new ResourceClient(new ApiTransport(kubernetes.HttpClient, kubernetes.Credentials, Server, version, options.UserAgent, time));
    }

    /// <summary>The namespace of the context, else <c>default</c>.</summary>
    public string Namespace { get; }

    /// <summary>The server's address.</summary>
    public Uri Server { get; }

    /// <summary>KubernetesClient's own, typed client, for what it does better: leader election, reviews.</summary>
    public IKubernetes Kubernetes => _kubernetes;

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
            };
            return new ClusterConnection(new k8s.Kubernetes(configuration), configuration, options, time);
        }
        catch (Exception exception) when (exception is KubeConfigException or YamlDotNet.Core.YamlException or IOException or FormatException
                                              or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new ClusterConfigurationException($"The kubeconfig can't be used: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _kubernetes.Dispose();

    private static KubernetesClientConfiguration Read(ClusterOptions options)
    {
        var files = Files(options);
        if (files.Count > 0)
            return KubernetesClientConfiguration.BuildConfigFromConfigObject(KubeconfigFiles.Load(files), options.Context);
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
