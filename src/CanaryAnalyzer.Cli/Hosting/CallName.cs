using System.Text;

namespace CanaryAnalyzer.Cli.Hosting;

/// <summary>The name under which this program was called: a link named <c>kubectl-argo-rollouts</c> on the PATH makes it kubectl's plugin.</summary>
internal static class CallName
{
    public const string Own = "canaryctl";
    public const string Plugin = "kubectl-argo-rollouts";

    private const string CommandLineFile = "/proc/self/cmdline";

    /// <summary>The name for help and version: <c>canaryctl</c> or <c>kubectl argo rollouts</c>.</summary>
    public static string Read() => Of(FirstArgument());

    public static string Of(string? path) => Path.GetFileNameWithoutExtension(path) == Plugin ? "kubectl argo rollouts" : Own;

    // .NET follows the link before it tells the path, so ask the system where it says more.
    private static string? FirstArgument() =>
        File.Exists(CommandLineFile) ? Encoding.UTF8.GetString(File.ReadAllBytes(CommandLineFile)).Split('\0')[0] : Environment.ProcessPath;
}
