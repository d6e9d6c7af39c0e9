using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using k8s;
using k8s.Exceptions;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>
/// The connections to one API server, as KubernetesClient's own client sets them up. That client is not created: its models and their serializers, which nothing here
/// uses, cannot be trimmed away then, and cost 5 MiB of memory.
/// </summary>
internal static class ClusterHandler
{
    // As client-go: a connection that is silent for 30 s is asked, and given up 15 s later.
    private static readonly TimeSpan SilenceBeforePing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingAnswer = TimeSpan.FromSeconds(15);

    /// <summary>The server's address, to which paths are relative.</summary>
    /// <exception cref="KubeConfigException">There is none, or it is no URL.</exception>
    public static Uri Address(KubernetesClientConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration.Host)) throw new KubeConfigException("Host url must be set");
        return Uri.TryCreate(configuration.Host.TrimEnd('/') + "/", UriKind.Absolute, out var address) ? address : throw new KubeConfigException("Bad host url");
    }

    /// <summary>Makes the handler; nothing is sent yet.</summary>
    /// <param name="configuration">The server, its authorities and the client's certificate.</param>
    /// <param name="isOnlyPeer">Whether the process speaks TLS with this server alone.</param>
    public static SocketsHttpHandler Create(KubernetesClientConfiguration configuration, bool isOnlyPeer)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = SilenceBeforePing,
            KeepAlivePingTimeout = PingAnswer,
            AutomaticDecompression = DecompressionMethods.GZip,
        };
        Trust(handler.SslOptions, configuration, isOnlyPeer);
        if (ClientCertificate.Read(configuration) is { } certificate)
        {
            // Also where the server names issuers that the certificate is not from.
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }

        return handler;
    }

    /// <summary>
    /// Trusts the kubeconfig's authorities alone, as kubectl. Otherwise .NET first builds a chain to the machine's own authorities, and the library another to these.
    /// </summary>
    private static void Trust(SslClientAuthenticationOptions tls, KubernetesClientConfiguration configuration, bool isOnlyPeer)
    {
        if (configuration.SkipTlsVerify)
        {
#pragma warning disable CA5359 // The user asks for it: insecure-skip-tls-verify.
            tls.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
            return;
        }

        if (configuration.SslCaCerts is not { } authorities) return;

        // The library's check takes an authority that is no root, too.
        tls.RemoteCertificateValidationCallback = (sender, certificate, chain, errors) => k8s.Kubernetes.CertificateValidationCallBack(sender, authorities, certificate!, chain!, errors);
        if (authorities.Count == 0) return;
        tls.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        tls.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        if (isOnlyPeer) MachineAuthorities.Ignore();
    }
}
