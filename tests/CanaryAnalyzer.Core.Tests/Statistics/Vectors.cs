using System.Text.Json;

namespace CanaryAnalyzer.Core.Tests.Statistics;

/// <summary>Reference values (computed with R and scipy; each case names its tool), by kind.</summary>
internal static class Vectors
{
    private static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Judge", "vectors.json"))).RootElement;

    /// <summary>The ids of a kind's cases; never empty.</summary>
    public static IEnumerable<TheoryDataRow<string>> Ids(string kind)
    {
        var ids = Root.GetProperty("cases").EnumerateArray().Where(c => c.GetProperty("kind").GetString() == kind).Select(c => c.GetProperty("id").GetString()!).ToList();
        Assert.NotEmpty(ids);
        return ids.Select(id => new TheoryDataRow<string>(id));
    }

    public static JsonElement Case(string id) => Root.GetProperty("cases").EnumerateArray().Single(c => c.GetProperty("id").GetString() == id);

    public static JsonElement Inputs(string id) => Case(id).GetProperty("inputs");

    public static double Number(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static double[] Numbers(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];

    public static long[] Counts(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetInt64())];

    /// <summary>Compares by the file's rule: |got - expected| ≤ relTol · max(1, |expected|).</summary>
    public static void AssertExpected(string id, string name, double actual) =>
        AssertClose(Case(id).GetProperty("expected").Number(name), actual, Case(id).Number("relTol"), $"{id} {name}");

    public static void AssertExpected(string id, string name, double[] actual)
    {
        var expected = Case(id).GetProperty("expected").Numbers(name);
        Assert.True(actual.Length >= expected.Length, $"{id} {name}: {actual.Length} values instead of {expected.Length}");
        for (var i = 0; i < expected.Length; i++)
            AssertClose(expected[i], actual[i], Case(id).Number("relTol"), $"{id} {name}[{i}]");
    }

    public static void AssertClose(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: {actual:R} instead of {expected:R}");
}
