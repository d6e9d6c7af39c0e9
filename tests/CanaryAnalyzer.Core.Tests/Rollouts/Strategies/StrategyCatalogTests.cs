using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Rollouts.Strategies;
using CanaryAnalyzer.Core.Tests.Repository;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Strategies;

public sealed class StrategyCatalogTests
{
    private const string Begin = "<!-- the rules, printed from the code -->";
    private const string End = "<!-- end of the rules -->";

    [Fact]
    public void Every_strategy_is_registered_once()
    {
        var cases = typeof(Strategy).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Strategy)) && !t.IsAbstract);
        Assert.Equal(cases.Select(t => t.Name).Order(StringComparer.Ordinal), StrategyCatalog.All.Select(s => s.Case.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_rule_has_a_name_of_its_own_and_says_why_it_stands_where_it_stands() =>
        Assert.All(StrategyCatalog.All, strategy =>
        {
            Assert.Equal(strategy.Rules.Length, strategy.Rules.DistinctBy(r => r.Name).Count());
            Assert.All(strategy.Rules, rule => Assert.Equal((true, true), (rule.Purpose.EndsWith('.'), rule.Place.EndsWith('.'))));
        });

    [Theory]
    [InlineData("Rollouts/Rules", "Rollouts.Strategies")]
    [InlineData("Rollouts/Decisions", "Rollouts.Strategies")]
    [InlineData("Rollouts/Observations", "Rollouts.Strategies")]
    [InlineData("Rollouts/Specs", "Rollouts.Strategies")]
    [InlineData("Rollouts/Statuses", "Rollouts.Strategies")]
    [InlineData("Rollouts/Allocations", "Rollouts.Strategies")]
    [InlineData("Gates", "Rollouts")]
    public void What_strategies_share_knows_none_of_them(string room, string foreign) =>
        Assert.DoesNotContain(
            RepositoryFolder.Files($"src/CanaryAnalyzer.Core/{room}", "*.cs"),
            f => RepositoryFolder.Lines(f).Any(l => l.StartsWith($"using CanaryAnalyzer.Core.{foreign}", StringComparison.Ordinal)));

    [Fact]
    public void Document_has_the_rules()
    {
        var file = Path.Combine(RepositoryFolder.Path, "deploy/docs/architecture.md");
        var text = File.ReadAllText(file);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var lists = string.Concat(StrategyCatalog.All.Select(Section)) + "\n\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1") File.WriteAllText(file, text[..begin] + lists + text[end..]);
        else Assert.Equal(lists, text[begin..end]);
    }

    private static string Section(StrategyRules strategy) =>
        $"\n\n### The rules of a {strategy.Name}\n\n| | rule | what it does | why here |\n|---|---|---|---|\n"
        + string.Join('\n', strategy.Rules.Select((r, i) => $"| {i + 1} | {r.Name} | {r.Purpose} | {r.Place} |"));
}
