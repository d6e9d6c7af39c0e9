using System.Diagnostics;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.LocalCluster.Tests.Kubectl;

/// <summary>The kubectl of Debian 12: version 1.20.</summary>
public sealed class DebiansKubectl : IKubectl
{
    public static (string? Path, string Reason) Find()
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Repository.PathOf("tests/tools/get-debian-kubectl.sh")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        var (path, error) = (process.StandardOutput.ReadToEnd().Trim(), process.StandardError.ReadToEnd().Trim());
        process.WaitForExit();
        return (process.ExitCode == 0 ? path : null, error);
    }
}
