namespace CanaryAnalyzer.Core.Tests.Repository;

public sealed class HouseStyleTests
{
    private const int SourceLines = 300;
    private const int TestLines = 400;
    private const int ReadmeLines = 130;
    private static readonly string[] Banned = ["Utils", "Util", "Helpers", "Common", "Managers", "Misc"];

    public static IEnumerable<string> Code => RepositoryFolder.Files("src", "*.cs").Concat(RepositoryFolder.Files("tests", "*.cs"));

    [Fact]
    public void Files_are_short()
    {
        var tooLong = Code.Select(f => (File: f, RepositoryFolder.Lines(f).Length)).Where(f => f.Length > (f.File.StartsWith("src/", StringComparison.Ordinal) ? SourceLines : TestLines));
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Folders_are_named_for_what_is_in_them() =>
        Assert.DoesNotContain(Code, f => f.Split('/').Any(p => Banned.Contains(p.Split('.')[^1], StringComparer.OrdinalIgnoreCase)));

    [Fact]
    public void Namespaces_are_folders()
    {
        var wrong = Code.Select(f => (File: f, Namespace: Namespace(f))).Where(f => f.Namespace.Length > 0 && f.Namespace != Expected(f.File));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Readme_is_short() => Assert.InRange(RepositoryFolder.Lines("README.md").Length, 1, ReadmeLines);

    private static string Namespace(string file) =>
        RepositoryFolder.Lines(file).FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal)) is { } line ? line["namespace ".Length..].TrimEnd(';', ' ') : "";

    private static string Expected(string file) => string.Join('.', file.Split('/')[1..^1]);
}
