using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Planning;

/// <summary>The traffic for which a forecast is made, the same on both sides: what a canary equal to stable would see.</summary>
public sealed record TrafficAssumption
{
    /// <summary>The bounds that Prometheus' client libraries give a histogram of seconds.</summary>
    public static readonly ImmutableArray<double> DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    // Response times of a service within a data centre: a standard deviation of 0.6 in natural logarithms.
    private const double Spread = 0.6;

    /// <summary>Requests a second, canary and stable together.</summary>
    public required double RequestsPerSecond { get; init; }

    /// <summary>The share of requests that fail, in [0, 1).</summary>
    public double ErrorRate { get; init; } = 0.005;

    /// <summary>Upper bounds of the latency buckets in seconds, ascending, without +Inf.</summary>
    public ImmutableArray<double> Bounds { get; init; } = DefaultBounds;

    /// <summary>The share of requests in each latency bucket, the last one that of +Inf.</summary>
    public ImmutableArray<double> Shares { get; init; } = LogNormal(DefaultBounds, 0.1);

    /// <summary>Shares of log-normal response times in buckets.</summary>
    /// <param name="bounds">The buckets' upper bounds in seconds, ascending, without +Inf.</param>
    /// <param name="median">The median in seconds, above 0.</param>
    public static ImmutableArray<double> LogNormal(ImmutableArray<double> bounds, double median)
    {
        var shares = ImmutableArray.CreateBuilder<double>(bounds.Length + 1);
        var below = 0.0;
        foreach (var bound in bounds)
        {
            var up = bound > 0 ? NormalDistribution.Cdf(Math.Log(bound / median) / Spread) : 0;
            shares.Add(up - below);
            below = up;
        }

        shares.Add(1 - below);
        return shares.MoveToImmutable();
    }
}
