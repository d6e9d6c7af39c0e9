using System.Globalization;

namespace CanaryAnalyzer.Cli.Demo;

/// <summary>The controller itself, the same executable that runs in a cluster, as a child.</summary>
internal static class ControllerProcess
{
    /// <exception cref="DemoFailure">The executable is not beside this one.</exception>
    public static GuardedProcess Start(DemoFolder folder, Uri prometheus)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "canary-analyzer");
        if (!File.Exists(program))
            throw new DemoFailure($"the controller is not beside this program: {program}");
        return GuardedProcess.Start(
            "canary-analyzer", folder.In("controller.log"), program,
            "--kubeconfig", folder.Kubeconfig, "--prometheus", prometheus.GetLeftPart(UriPartial.Authority), "--address", "127.0.0.1",
            "--metrics-port", "0", "--healthz-port", "0", "--parent-pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }
}
