using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CanaryAnalyzer.Launcher;

/// <summary>The program with all commands, in the folder <c>full</c> beside this one.</summary>
internal static partial class FullProgram
{
    private const int NotFound = 127;

    /// <summary>
    /// Replaces this process by it: signals, terminal and process id stay those of the caller. Returns an exit code where that fails.
    /// </summary>
    public static int Become(IReadOnlyList<string> arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "full", "canaryctl");

        // The name this was called by stays the first argument: a link makes it kubectl's plugin.
        Execute(program, [Environment.GetCommandLineArgs()[0], .. arguments, null]);
        Console.Error.WriteLine(
            $"Error: this command needs {program}, which can't be started: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}; install canaryctl with its folder full");
        return NotFound;
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(string path, string?[] arguments);
}
