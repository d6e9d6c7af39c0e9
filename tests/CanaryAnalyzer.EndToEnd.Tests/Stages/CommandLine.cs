using System.Diagnostics;

namespace CanaryAnalyzer.EndToEnd.Tests.Stages;

/// <summary>A command line as a person gives it, with the stage's cluster as the one that kubectl takes.</summary>
internal static class CommandLine
{
    public static string Canaryctl { get; } = Path.Combine(AppContext.BaseDirectory, "canaryctl");

    /// <summary>Whether this machine has a kubectl.</summary>
    public static bool HasKubectl { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl")));

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
