using CanaryAnalyzer.Core.Rollouts.Waits;
using CanaryAnalyzer.Core.Tests.Repository;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Waits;

public sealed class WaitCatalogTests
{
    private const string Begin = "<!-- the list of waits, printed from the code -->";
    private const string End = "<!-- end of the list -->";

    [Fact]
    public void Every_reason_has_its_place() => Assert.Equal(Enum.GetValues<WaitReason>(), WaitCatalog.All.Select(k => k.Reason));

    [Fact]
    public void Every_reason_has_a_scenario()
    {
        var scenarios = RepositoryFolder.Files("tests/CanaryAnalyzer.Core.Tests/Rollouts/Scenarios", "*.scenario").SelectMany(RepositoryFolder.Lines).ToList();
        Assert.All(
            Enum.GetValues<WaitReason>().Where(r => r != WaitReason.Changes),
            reason => Assert.Contains(scenarios, line => line.StartsWith($"expect condition Waiting True {reason} Waiting for ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Document_has_the_list()
    {
        var file = Path.Combine(RepositoryFolder.Path, "deploy/docs/waiting.md");
        var text = File.ReadAllText(file);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var rows = WaitCatalog.All.Select(k => $"| `{k.Reason}` | {k.For} | {k.Meaning} | {k.End} |");
        var list = "\n\n| reason | waits for | meaning | what ends it |\n|---|---|---|---|\n" + string.Join('\n', rows) + "\n\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(file, text[..begin] + list + text[end..]);
        else Assert.Equal(list, text[begin..end]);
    }
}
