using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.KubeConfigModels;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>Several kubeconfig files as one, as kubectl merges them: the first that has a name wins.</summary>
internal static class KubeconfigFiles
{
    public static K8SConfiguration Load(IReadOnlyList<string> files)
    {
        var merged = Load(files[0]);
        foreach (var file in files.Skip(1))
        {
            var other = Load(file);
            if (string.IsNullOrEmpty(merged.CurrentContext))
                merged.CurrentContext = other.CurrentContext;
            merged.Clusters = Merge(merged.Clusters, other.Clusters, cluster => cluster.Name);
            merged.Contexts = Merge(merged.Contexts, other.Contexts, context => context.Name);
            merged.Users = Merge(merged.Users, other.Users, user => user.Name);
        }

        return merged;
    }

    /// <summary>All authorities of a context's cluster, of which there are two while one takes another's place; KubernetesClient.Aot reads the first alone. Empty where they are no PEM.</summary>
    public static X509Certificate2Collection Authorities(K8SConfiguration configuration, string? context)
    {
        var name = configuration.Contexts.FirstOrDefault(c => c.Name == (context ?? configuration.CurrentContext))?.ContextDetails?.Cluster;
        var cluster = configuration.Clusters.FirstOrDefault(c => c.Name == name)?.ClusterEndpoint;
        var authorities = new X509Certificate2Collection();
        if (cluster?.CertificateAuthorityData is { Length: > 0 } data)
            authorities.ImportFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(data)));
        else if (cluster?.CertificateAuthority is { Length: > 0 } file)
            authorities.ImportFromPem(File.ReadAllText(Path.Combine(Path.GetDirectoryName(configuration.FileName) ?? "", file)));
        return authorities;
    }

    private static K8SConfiguration Load(string file)
    {
        // Once, since it may be a pipe.
        var text = File.ReadAllText(file);

        if (text.Split('\n').All(line => line.Trim() is "" or "---" || line.TrimStart().StartsWith('#')))
            throw new ClusterConfigurationException($"The kubeconfig {file} is empty.");
        var configuration = KubeconfigReader.Read(text);

        // Paths in it are relative to it.
        configuration.FileName = Path.GetFullPath(file);

        // KubernetesClient.Aot knows no auth providers. The last one that kubectl has is OpenID Connect's, whose token serves until it expires.
        foreach (var credentials in configuration.Users.Select(user => user.UserCredentials).Where(credentials => string.IsNullOrEmpty(credentials?.Token)))
        {
            if (credentials?.AuthProvider is { Name: "oidc", Config: { } config } && config.TryGetValue("id-token", out var token))
                credentials.Token = token;
        }

        return configuration;
    }

    private static List<T> Merge<T>(IEnumerable<T>? first, IEnumerable<T>? second, Func<T, string> name) =>
        [.. (first ?? []).Concat(second ?? []).DistinctBy(name, StringComparer.Ordinal)];
}
