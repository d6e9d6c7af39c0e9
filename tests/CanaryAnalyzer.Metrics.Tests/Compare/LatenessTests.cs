using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Metrics.Compare;

namespace CanaryAnalyzer.Metrics.Tests.Compare;

public class LatenessTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(10, 60, null)]
    [InlineData(10, 61, 61)]
    [InlineData(60, 120, null)]
    [InlineData(60, 121, 121)]
    public void Look_is_late_where_the_event_says_so_too(int interval, int behind, int? late)
    {
        var spec = Comparison.Spec(new Uri("http://localhost")) with { Interval = TimeSpan.FromSeconds(interval) };
        var plan = new ComparePlan(spec, new MeasurementRequest { Now = Start });
        var later = new ComparePlan(spec, new MeasurementRequest { Now = plan.DueAt(3, 10_000).AddSeconds(behind), Previous = new Measurement { Phase = AnalysisPhase.Running, StartedAt = plan.StartedAt } });

        Assert.Equal(late, (int?)later.LateBy(3, 10_000)?.TotalSeconds);
    }
}
