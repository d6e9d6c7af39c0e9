namespace CanaryAnalyzer.Core.Tests.Repository;

/// <summary>The repository that these tests were built from.</summary>
internal static class RepositoryFolder
{
    private static readonly string[] Built = ["bin", "obj"];

    public static string Path { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Files below a folder, by their paths in the repository; nothing that a build made.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var full = System.IO.Path.Combine(Path, folder);
        if (!Directory.Exists(full)) return [];
        return Directory.EnumerateFiles(full, pattern, SearchOption.AllDirectories)
            .Select(f => System.IO.Path.GetRelativePath(Path, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(p => Built.Contains(p, StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal);
    }

    public static string[] Lines(string file) => File.ReadAllLines(System.IO.Path.Combine(Path, file));

    private static string Find(string folder)
    {
        var at = new DirectoryInfo(folder);
        while (at is not null && !File.Exists(System.IO.Path.Combine(at.FullName, "CanaryAnalyzer.sln"))) at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException($"No repository lies above {folder}.");
    }
}
