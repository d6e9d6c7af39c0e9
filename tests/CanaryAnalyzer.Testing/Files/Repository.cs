namespace CanaryAnalyzer.Testing.Files;

/// <summary>The repository that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>Full path of a file or folder, given relative to the root.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CanaryAnalyzer.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No CanaryAnalyzer.sln in {AppContext.BaseDirectory} or above it.");
    }
}
