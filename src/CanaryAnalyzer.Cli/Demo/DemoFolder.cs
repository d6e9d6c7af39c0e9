using System.Diagnostics;
using System.Globalization;

namespace CanaryAnalyzer.Cli.Demo;

/// <summary>The demo's temporary folder (kubeconfig, logs, Prometheus' data), and the files that it reads.</summary>
internal sealed class DemoFolder : IDisposable
{
    private const string Prefix = "canary-demo-";
    private bool _keep;

    private DemoFolder(string path) => Path = path;

    public string Path { get; }

    public string Kubeconfig => In("kubeconfig");

    /// <summary>A new folder; what earlier demos left behind because they were killed is removed.</summary>
    public static DemoFolder Create()
    {
        foreach (var old in Directory.GetDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
            RemoveIfAbandoned(old);
        var folder = new DemoFolder(Directory.CreateTempSubdirectory(Prefix).FullName);
        File.WriteAllText(folder.In("pid"), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return folder;
    }

    /// <summary>The folder with the demo's files: the one named, else the <c>deploy</c> of the checkout that this program was built in.</summary>
    /// <exception cref="DemoFailure">There is none.</exception>
    public static string Files(string? named)
    {
        if (named is not null)
            return IsFiles(named) ? named : throw new DemoFailure($"--files: {named} has no demo/images.yaml");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (IsFiles(System.IO.Path.Combine(folder.FullName, "deploy")))
                return System.IO.Path.Combine(folder.FullName, "deploy");
        }

        throw new DemoFailure("the demo's files are not beside this program: name the checkout's deploy folder with --files");
    }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Leaves the logs for a person to read.</summary>
    public void Keep() => _keep = true;

    public void Dispose()
    {
        if (!_keep)
            Remove(Path);
    }

    private static bool IsFiles(string folder) => File.Exists(System.IO.Path.Combine(folder, "demo", "images.yaml"));

    private static void RemoveIfAbandoned(string folder)
    {
        var file = System.IO.Path.Combine(folder, "pid");
        try
        {
            if (File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var pid) && !IsRunning(pid))
                Remove(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's: theirs to clean.
        }
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Gone already.
        }
    }
}
