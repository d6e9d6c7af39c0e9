namespace CanaryAnalyzer.Core.Backtests.Results;

/// <summary>Young pods against older ones.</summary>
/// <param name="Seconds">The young pods' age at the end of the interval.</param>
/// <param name="Requests">Their requests.</param>
/// <param name="Slow">Those that were slow.</param>
/// <param name="Expected">How many would have been slow at the older pods' share.</param>
public sealed record WarmupAge(double Seconds, long Requests, long Slow, double Expected)
{
    /// <summary>How many times as many slow requests; 1 where none were expected.</summary>
    public double Ratio => Expected > 0 ? Slow / Expected : 1;

    /// <summary>Whether there are a quarter more, and more by three standard deviations.</summary>
    public bool IsSlower => Slow > 1.25 * Expected && Slow - Expected > 3 * Math.Sqrt(Math.Max(1, Expected));
}
