using System.Diagnostics;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.EndToEnd.Tests.Stages;

/// <summary>A command line as a person gives it, with the stage's cluster as the one that kubectl takes.</summary>
internal static class CommandLine
{
    public static string Canaryctl { get; } = Path.Combine(AppContext.BaseDirectory, "canaryctl");

    /// <summary>This machine's kubectl; null where it has none.</summary>
    public static string? Kubectl { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);

    /// <summary>Debian 12's kubectl, fetched where this machine has none in its cache; null where it cannot be had.</summary>
    public static string? DebiansKubectl()
    {
        var start = new ProcessStartInfo("bash", [Repository.PathOf("tests/tools/get-debian-kubectl.sh")]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var fetching = Process.Start(start)!;
        var path = fetching.StandardOutput.ReadToEnd().Trim();
        fetching.WaitForExit();
        return fetching.ExitCode == 0 ? path : null;
    }

    /// <summary>Runs a program to its end, in a context whose namespace is the one given.</summary>
    public static async Task<(int Code, string Output)> RunAsync(Stage stage, string program, string ns, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["KUBECONFIG"] = await stage.KubeconfigAsync(ns);
        start.Environment["NO_COLOR"] = "1";
        start.Environment["PATH"] = stage.Programs + ":" + start.Environment["PATH"];
        using var process = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        await process.WaitForExitAsync(token);
        return (process.ExitCode, await said + await complained);
    }
}
