namespace CanaryAnalyzer.Cli.Tests.Field;

/// <summary>The whole way from the scrape to the verdict, on samples with labels as a Prometheus has them, from a server that has them in memory.</summary>
public sealed class FieldMemoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Names => [.. FieldCase.Names];

    [Fact]
    public void There_are_forty_cases_at_least() => Assert.InRange(FieldCase.Names.Count, 40, int.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Verdict_from_memory(string name)
    {
        var field = FieldCase.Read(name);
        await using var server = await SampleServer.StartAsync(field.Series.Select(series => series.At(Start.ToUnixTimeMilliseconds())));

        await FieldJudging.JudgeAsync(field, server.Address, Start);
    }
}
