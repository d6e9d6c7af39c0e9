using System.Runtime.InteropServices;
using CanaryAnalyzer.Benchmarks.Reporting;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Benchmarks.Processes;

/// <summary>The product's programs, in the form in which people get them.</summary>
internal static class Programs
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>Publishes the controller for this machine, and returns its program.</summary>
    /// <param name="folder">Where to; null for a folder of this repository's build output.</param>
    /// <param name="token">Ends it.</param>
    public static Task<string> ControllerAsync(string? folder, CancellationToken token) => PublishAsync("CanaryAnalyzer.Service", "canary-analyzer", folder, token);

    /// <summary>Publishes the command-line tool for this machine, and returns its program.</summary>
    /// <param name="folder">Where to; null for a folder of this repository's build output.</param>
    /// <param name="token">Ends it.</param>
    public static Task<string> CommandLineAsync(string? folder, CancellationToken token) => PublishAsync("CanaryAnalyzer.Cli", "canaryctl", folder, token);

    private static async Task<string> PublishAsync(string project, string program, string? folder, CancellationToken token)
    {
        var into = folder ?? Repository.PathOf($"tests/CanaryAnalyzer.Benchmarks/obj/programs/{program}");
        FigureTable.Progress($"publishing {program}");
        await Command.RunAsync(
            "dotnet",
            ["publish", Repository.PathOf($"src/{project}"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier.StartsWith("linux-musl", StringComparison.Ordinal) ? RuntimeInformation.RuntimeIdentifier : $"linux-{RuntimeInformation.OSArchitecture}".ToLowerInvariant(), "--self-contained", "-p:DebugType=none", "-o", into, "-v", "quiet", "--nologo"],
            Nothing,
            token);
        return Path.Combine(into, program);
    }
}
