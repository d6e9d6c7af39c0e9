using System.Collections.Immutable;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Core.Planning;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Cli.Planning;

/// <summary>The traffic that a plan is made for: what was given, else what a Prometheus shows, else a guess.</summary>
/// <param name="host">Where the command runs.</param>
/// <param name="address">The Prometheus; null for none.</param>
/// <param name="arguments">Values for the templates' arguments.</param>
internal sealed class PlanTraffic(CliHost host, Uri? address, ImmutableDictionary<string, string> arguments) : IDisposable
{
    private const double Guess = 100;
    private const double GuessedErrors = 0.005;

    private readonly MetricBackends _backends = new(address, host.Time);
    private readonly Dictionary<CompareSpec, TrafficSeen> _seen = [];

    public ImmutableDictionary<string, string> Arguments { get; } = arguments;

    public double? RequestsPerSecond { get; init; }

    public double? ErrorRate { get; init; }

    public double? CanaryShare { get; init; }

    public double[]? Bounds { get; init; }

    public required TimeSpan Median { get; init; }

    /// <summary>What the numbers rest on.</summary>
    public string Note
    {
        get
        {
            var numbers = RequestsPerSecond is not null ? "as given" : address is not null ? $"as {address} shows it" : "a guess: give --rps and --error-rate, or --address";
            var latency = address is null ? $"Response times are taken for log-normal around {GoDuration.Format(Median)} (--median, --buckets).\n" : "";
            return $"Traffic: {numbers}.\n{latency}Requests are the canary's until the pause's end; times in brackets lie beyond that.\nFound means in 80 % of cases.\n";
        }
    }

    /// <summary>Reads what the Prometheus shows, where there is one.</summary>
    /// <exception cref="CliException">It gives no answer.</exception>
    public async Task ReadAsync(IEnumerable<RolloutPlan> plans, CancellationToken cancellationToken)
    {
        if (address is null)
            return;
        foreach (var spec in plans.SelectMany(plan => plan.Gates).SelectMany(gate => gate.Comparisons).Select(comparison => comparison.Spec).Distinct())
        {
            var seen = await _backends.Survey.AllAsync(spec with { Connection = spec.Connection with { Address = address } }, host.Time.GetUtcNow(), cancellationToken);
            if (seen.FirstOrDefault(one => one.Failure is not null) is { Failure: { } failure })
                throw new CliException(failure);
            _seen[spec] = TrafficSeen.Of(seen.Select(one => one.Stable));
        }
    }

    /// <summary>The traffic of a comparison.</summary>
    public TrafficAssumption Of(GateComparison comparison)
    {
        var seen = _seen.GetValueOrDefault(comparison.Spec, TrafficSeen.Nothing);
        var bounds = Bounds is { } given ? [.. given] : seen.Shares.IsEmpty ? TrafficAssumption.DefaultBounds : seen.Bounds;
        return new TrafficAssumption
        {
            RequestsPerSecond = RequestsPerSecond ?? seen.RequestsPerSecond ?? Guess,
            ErrorRate = ErrorRate ?? seen.ErrorRate ?? GuessedErrors,
            Bounds = bounds,
            Shares = Bounds is null && !seen.Shares.IsEmpty ? seen.Shares : TrafficAssumption.LogNormal(bounds, Median.TotalSeconds),
        };
    }

    public void Dispose() => _backends.Dispose();
}
