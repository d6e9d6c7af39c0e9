namespace CanaryAnalyzer.Cli.Tests;

/// <summary>A folder for manifests, which goes when the test does.</summary>
internal sealed class ManifestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("manifests-").FullName;

    /// <summary>Writes a file; its path.</summary>
    public string Write(string name, string text)
    {
        var file = System.IO.Path.Combine(Path, name);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
