using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Service.Loop;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Service.Tests.Loop;

/// <summary>Decision 0006: what happened is never in the future, and what is counted from it is never cut short.</summary>
public sealed class DecisionClockTests
{
    private static readonly DateTimeOffset Second = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(999)]
    public void A_stamp_is_the_second_that_runs_and_what_is_counted_from_it_lasts_as_long_as_was_asked(int milliseconds)
    {
        var time = new FakeTimeProvider(Second.AddMilliseconds(milliseconds));
        var clock = new DecisionClock(time);

        var stamp = KubernetesTime.RoundUp(clock.Now);
        Assert.InRange(stamp, time.GetUtcNow().AddSeconds(-1), time.GetUtcNow());

        // A pause of 30 s that begins now, by the timer that ends it.
        var end = DecisionClock.Real(stamp + TimeSpan.FromSeconds(30));
        Assert.InRange(end - time.GetUtcNow(), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
        time.SetUtcNow(end);
        Assert.True(stamp + TimeSpan.FromSeconds(30) <= clock.Now);
    }

    [Fact]
    public void An_instant_without_end_stays_one() => Assert.Equal(DateTimeOffset.MaxValue, DecisionClock.Real(DateTimeOffset.MaxValue));
}
