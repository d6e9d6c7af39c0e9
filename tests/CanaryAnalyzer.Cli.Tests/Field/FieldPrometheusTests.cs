namespace CanaryAnalyzer.Cli.Tests.Field;

/// <summary>The whole way from the scrape to the verdict, on samples with labels as a Prometheus has them, from a real one.</summary>
public sealed class FieldPrometheusTests(FieldPrometheus prometheus) : IClassFixture<FieldPrometheus>
{
    public static TheoryData<string> Names => [.. FieldCase.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Verdict_from_Prometheus(string name) =>
        await FieldJudging.JudgeAsync(FieldCase.Read(name), prometheus.Address, DateTimeOffset.FromUnixTimeMilliseconds(prometheus.StartOf(name)));
}
