using System.Text.RegularExpressions;

namespace CanaryAnalyzer.Core.Tests.Repository;

/// <summary>What the page on the architecture, and that on contributing, name is there.</summary>
public sealed partial class ArchitectureTests
{
    [Theory]
    [InlineData("deploy/docs/architecture.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("deploy/docs/glossary.md")]
    public void Every_place_that_is_named_exists(string page)
    {
        var places = Places().Matches(File.ReadAllText(Path.Combine(RepositoryFolder.Path, page))).Select(match => match.Groups["place"].Value.TrimEnd('/')).Distinct(StringComparer.Ordinal);
        var missing = places.Where(place => !Candidates(place).Any(candidate => Path.Exists(Path.Combine(RepositoryFolder.Path, candidate))));
        Assert.Empty(missing);
    }

    // A folder of a project is named by the project's last word, as `Core/Gates`, or from that project's own page on, as `Rollouts/Allocations`.
    private static string[] Candidates(string place) =>
        [place, $"src/{place}", $"src/CanaryAnalyzer.{place}", $"src/CanaryAnalyzer.Core/{place}", $"tests/CanaryAnalyzer.{place}"];

    [GeneratedRegex("`(?<place>(?:[A-Z]\\w*|src|tests|deploy)(?:\\.\\w+)*/(?:[\\w.]+/)*[\\w.]*)`", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Places();
}
