using k8s;
using k8s.KubeConfigModels;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>Several kubeconfig files as one, as kubectl merges them: the first that has a name wins.</summary>
internal static class KubeconfigFiles
{
    public static K8SConfiguration Load(IReadOnlyList<string> files)
    {
        var merged = KubernetesClientConfiguration.LoadKubeConfig(new FileInfo(files[0]));
        foreach (var file in files.Skip(1))
        {
            var other = KubernetesClientConfiguration.LoadKubeConfig(new FileInfo(file));
            if (string.IsNullOrEmpty(merged.CurrentContext))
                merged.CurrentContext = other.CurrentContext;
            merged.Clusters = Merge(merged.Clusters, other.Clusters, cluster => cluster.Name);
            merged.Contexts = Merge(merged.Contexts, other.Contexts, context => context.Name);
            merged.Users = Merge(merged.Users, other.Users, user => user.Name);
        }

        return merged;
    }

    private static List<T> Merge<T>(IEnumerable<T>? first, IEnumerable<T>? second, Func<T, string> name) =>
        [.. (first ?? []).Concat(second ?? []).DistinctBy(name, StringComparer.Ordinal)];
}
