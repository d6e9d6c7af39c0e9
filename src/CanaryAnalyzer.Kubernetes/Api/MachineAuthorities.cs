using System.Runtime.InteropServices;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>
/// The certificate authorities that the machine trusts. On Linux .NET reads all of them at the first handshake, even for a chain to authorities of one's own: 75 ms
/// of CPU for 140 authorities, twice what the rest of a command takes.
/// </summary>
internal static partial class MachineAuthorities
{
    private const string Nothing = "/dev/null";

    /// <summary>
    /// Has this process read none of them: for one that speaks TLS with a server of known authorities alone. Call it before the first handshake. Child processes, such
    /// as a kubeconfig's plugins, see the variables as they were.
    /// </summary>
    public static void Ignore()
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (var variable in (string[])["SSL_CERT_FILE", "SSL_CERT_DIR"])
        {
            // .NET copies the environment at its first change of it, and children get the copy; only its native half reads what is set below.
            Environment.SetEnvironmentVariable(variable, Environment.GetEnvironmentVariable(variable));
            _ = Set(variable, Nothing, overwrite: 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Set(string name, string value, int overwrite);
}
