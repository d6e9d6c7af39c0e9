using System.Text.Json;
using CanaryAnalyzer.Testing.Dashboards;

namespace CanaryAnalyzer.Service.Tests.Dashboards;

public sealed class DashboardTests
{
    public static TheoryData<string> Files => [.. DashboardQueries.Files];

    [Fact]
    public void Queries_are_listed_with_their_variables_filled_in()
    {
        var queries = DashboardQueries.All(new Dictionary<string, string> { ["namespace"] = "shop" });

        Assert.Contains(queries, query => query.Expression == """canaryanalyzer_judge_evidence{namespace=~"shop",name=~".*"}""");
        Assert.Contains(queries, query => query.Expression == """rollout_info{namespace=~"shop"}""");
        Assert.DoesNotContain(queries, query => query.Expression.Contains('$', StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Panels_have_titles_descriptions_and_ids_of_their_own(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var panels = document.RootElement.GetProperty("panels").EnumerateArray().ToList();

        Assert.NotEmpty(panels);
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels, panel => Assert.NotEmpty(panel.GetProperty("title").GetString()!));
        Assert.All(panels.Where(panel => panel.GetProperty("type").GetString() != "row"), panel => Assert.NotEmpty(panel.GetProperty("description").GetString()!));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Panels_do_not_overlap(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var cells = document.RootElement.GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("gridPos")).SelectMany(Cells).ToList();

        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.X, 0, 23));
    }

    private static IEnumerable<(int X, int Y)> Cells(JsonElement position)
    {
        int Number(string name) => position.GetProperty(name).GetInt32();
        return Enumerable.Range(Number("x"), Number("w")).SelectMany(x => Enumerable.Range(Number("y"), Number("h")).Select(y => (x, y)));
    }
}
