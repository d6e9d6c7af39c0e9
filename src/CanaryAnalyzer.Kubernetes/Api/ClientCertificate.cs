using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>The certificate that a kubeconfig, or its plugin, has this process show to the server.</summary>
internal static class ClientCertificate
{
    /// <summary>Reads it, with its key; null where certificate or key is not given.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is not PEM, or the key is another certificate's.</exception>
    /// <exception cref="FormatException">Data in the file are not base64.</exception>
    /// <exception cref="IOException">A file that is named can't be read.</exception>
    public static X509Certificate2? Read(KubernetesClientConfiguration configuration)
    {
        var certificate = Pem(configuration.ClientCertificateData, configuration.ClientCertificateFilePath);
        var key = Pem(configuration.ClientCertificateKeyData, configuration.ClientKeyFilePath);
        if (certificate is null || key is null) return null;
        var read = X509Certificate2.CreateFromPem(certificate, key);
        if (!OperatingSystem.IsWindows()) return read;

        // Windows' TLS takes no key that is in memory alone.
        using (read) return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), password: null);
    }

    private static string? Pem(string? data, string? file) =>
        !string.IsNullOrWhiteSpace(data) ? Encoding.UTF8.GetString(Convert.FromBase64String(data)) : string.IsNullOrWhiteSpace(file) ? null : File.ReadAllText(file);
}
