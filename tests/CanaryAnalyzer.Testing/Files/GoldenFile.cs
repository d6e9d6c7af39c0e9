namespace CanaryAnalyzer.Testing.Files;

/// <summary>Files of the repository that hold what the code must produce. <c>UPDATE_GOLDEN=1</c> rewrites them.</summary>
public static class GoldenFile
{
    /// <summary>Compares a file with a text.</summary>
    /// <param name="relative">The file, relative to the repository's root.</param>
    /// <param name="actual">What the code produces.</param>
    /// <returns>Null if they are equal, else what differs first and how to accept it.</returns>
    public static string? Difference(string relative, string actual)
    {
        var path = Repository.PathOf(relative);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return null;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected == actual) return null;
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var line = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{relative}:{line + 1} has\n  {left.ElementAtOrDefault(line)}\nbut the code makes\n  {right.ElementAtOrDefault(line)}\nRun the test with UPDATE_GOLDEN=1 to accept that.";
    }
}
