using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CanaryAnalyzer.Kubernetes.Api;
using k8s;
using k8s.Exceptions;

namespace CanaryAnalyzer.Kubernetes.Tests.Api;

/// <summary>The connection is set up as KubernetesClient's own client does it.</summary>
public sealed class ClusterHandlerTests
{
    [Theory]
    [InlineData("https://127.0.0.1:6443")]
    [InlineData("https://rancher.example/k8s/clusters/c-1")]
    [InlineData("http://127.0.0.1:8001/")]
    public void The_address_is_the_librarys(string host)
    {
        using var library = new k8s.Kubernetes(new KubernetesClientConfiguration { Host = host });

        Assert.Equal(library.BaseUri, ClusterHandler.Address(new KubernetesClientConfiguration { Host = host }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("::none")]
    public void An_address_that_is_none_is_refused_as_by_the_library(string host)
    {
        var configuration = new KubernetesClientConfiguration { Host = host };
        var theirs = Assert.Throws<KubeConfigException>(() => new k8s.Kubernetes(configuration));

        Assert.Equal(theirs.Message, Assert.Throws<KubeConfigException>(() => ClusterHandler.Address(configuration)).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_client_shows_its_certificate(bool isInline)
    {
        var folder = Directory.CreateTempSubdirectory();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=controller", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var configuration = new KubernetesClientConfiguration { Host = "https://127.0.0.1:6443" };
        var (shown, secret) = (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        if (isInline)
        {
            (configuration.ClientCertificateData, configuration.ClientCertificateKeyData) = (Base64(shown), Base64(secret));
        }
        else
        {
            (configuration.ClientCertificateFilePath, configuration.ClientKeyFilePath) = (Path.Combine(folder.FullName, "tls.crt"), Path.Combine(folder.FullName, "tls.key"));
            File.WriteAllText(configuration.ClientCertificateFilePath, shown);
            File.WriteAllText(configuration.ClientKeyFilePath, secret);
        }

        using var handler = ClusterHandler.Create(configuration, isOnlyPeer: false);

        var chosen = Assert.IsType<X509Certificate2>(handler.SslOptions.LocalCertificateSelectionCallback!(this, "", [], null, ["CN=another"]));
        Assert.Equal(("CN=controller", true), (chosen.Subject, chosen.HasPrivateKey));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Without_a_key_no_certificate_is_shown()
    {
        using var handler = ClusterHandler.Create(new KubernetesClientConfiguration { Host = "https://127.0.0.1:6443", ClientCertificateData = Base64("x") }, isOnlyPeer: false);

        Assert.Null(handler.SslOptions.LocalCertificateSelectionCallback);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
