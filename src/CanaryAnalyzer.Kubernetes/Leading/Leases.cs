namespace CanaryAnalyzer.Kubernetes.Leading;

internal static class Leases
{
    public static string Name(string name, string? instanceId) => string.IsNullOrEmpty(instanceId) ? name : $"{name}-{instanceId}";
}
