using CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

namespace CanaryAnalyzer.Core.Tests.Rollouts;

public sealed class ScenarioTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Rollouts", "Scenarios");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.scenario").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Scenario_holds(string name)
    {
        var differences = Scenario.Run(File.ReadLines(Path.Combine(Folder, name + ".scenario")));
        Assert.True(differences.Length == 0, differences);
    }

    [Fact]
    public void Scenario_that_does_not_hold_says_where_and_what()
    {
        var differences = Scenario.Run(["given spec replicas 3", "at 0s deploy v1", "at 5s", "expect phase Healthy v1=4"]);
        Assert.Contains("line 4: expect phase Healthy v1=4", differences, StringComparison.Ordinal);
        Assert.Contains("v1: expected 4", differences, StringComparison.Ordinal);
        Assert.Contains("but it is 3", differences, StringComparison.Ordinal);
    }
}
