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
    public static async Task<string> ControllerAsync(string? folder, CancellationToken token)
    {
        var into = Into(folder, "canary-analyzer");
        var runtime = $"linux-{RuntimeInformation.OSArchitecture}".ToLowerInvariant();
        await Command.RunAsync(
            "dotnet",
            ["publish", Repository.PathOf("src/CanaryAnalyzer.Service"), "-c", "Release", "-r", runtime, "--self-contained", "-p:DebugType=none", "-o", into, "-v", "quiet", "--nologo"],
            Nothing,
            token);
        return Path.Combine(into, "canary-analyzer");
    }

    /// <summary>Publishes the command-line tool for this machine, and returns its program.</summary>
    /// <param name="folder">Where to; null for a folder of this repository's build output.</param>
    /// <param name="token">Ends it.</param>
    public static async Task<string> CommandLineAsync(string? folder, CancellationToken token)
    {
        var into = Into(folder, "canaryctl");
        await Command.RunAsync(Repository.PathOf("deploy/tools/publish-canaryctl.sh"), [into], Nothing, token);
        return Path.Combine(into, "canaryctl");
    }

    private static string Into(string? folder, string program)
    {
        FigureTable.Progress($"publishing {program}");
        return folder is null ? Repository.PathOf($"tests/CanaryAnalyzer.Benchmarks/obj/programs/{program}") : Path.Combine(folder, program);
    }
}
