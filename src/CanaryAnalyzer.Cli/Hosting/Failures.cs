using CanaryAnalyzer.Client;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Cli.Hosting;

/// <summary>Says in a line what went wrong, and what to do about it where that is known.</summary>
internal static class Failures
{
    /// <summary>The line; null for exceptions that are mistakes of this program.</summary>
    public static string? Describe(Exception exception) => exception switch
    {
        CliException or ClientException or ClusterConfigurationException => exception.Message,
        ResourceException failure => Describe(failure),
        OperationCanceledException => "cancelled",
        _ => null,
    };

    private static string Describe(ResourceException failure) => failure switch
    {
        { IsForbidden: true } => $"you aren't allowed to do that: {failure.Message}",
        { IsUnauthorized: true } => $"the API server doesn't accept your credentials: {failure.Message}",
        _ => failure.Message,
    };
}
