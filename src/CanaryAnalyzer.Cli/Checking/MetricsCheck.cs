using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Planning;
using CanaryAnalyzer.Core.Planning;
using CanaryAnalyzer.Core.Rollouts.Rules;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>Whether the judge gets to see what it needs, and what that lets it decide.</summary>
/// <param name="host">Where the command runs.</param>
/// <param name="facts">The cluster.</param>
/// <param name="given">A Prometheus to ask instead of the templates' own; null for theirs.</param>
/// <param name="controller">What is known of the controller.</param>
/// <param name="services">The cluster's Services.</param>
internal sealed class MetricsCheck(CliHost host, ClusterFacts facts, Uri? given, ControllerCheck controller, ServiceProxy services)
{
    // In the place of a canary while there is none: no series has it.
    private const string NoCanary = "no-release";

    public async Task<IReadOnlyList<CheckLine>> RunAsync(CancellationToken cancellationToken)
    {
        var list = new CheckList("Metrics");
        foreach (var line in new LastLooks(facts, host.Time.GetUtcNow()).Lines())
            list.Add(line);
        var arguments = Arguments();
        var gates = new GatePlanner(facts.View, arguments).Plan(facts.Rollout)?.Gates ?? [];
        var judged = gates.Where(gate => gate.Comparisons.Count > 0).ToList();
        if (judged.Count == 0)
            list.Warn("no comparison judges a step of this Rollout: there are no counters to look for", "see the policy above");
        using var backends = new MetricBackends(null, host.Time);
        var traffic = new Dictionary<string, TrafficAssumption>(StringComparer.Ordinal);
        foreach (var comparison in judged.SelectMany(gate => gate.Comparisons).DistinctBy(comparison => comparison.Metric))
        {
            if (await SurveyAsync(list, backends, comparison, arguments, cancellationToken) is { } seen)
                traffic[comparison.Metric] = seen;
        }

        var forecasts = new ForecastCache(null);
        foreach (var gate in judged)
        {
            foreach (var comparison in gate.Comparisons.Where(comparison => traffic.ContainsKey(comparison.Metric)))
                Forecast(list, gate, comparison, forecasts.Of(gate, comparison, traffic[comparison.Metric]));
        }

        return list.Lines;
    }

    private async Task<TrafficAssumption?> SurveyAsync(
        CheckList list, MetricBackends backends, GateComparison comparison, ImmutableDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        if ((given ?? comparison.Spec.Connection.Address ?? controller.Prometheus) is not { } address)
        {
            if (controller.OptionsAreKnown)
                list.Bad($"{comparison.Metric}: neither its template nor the controller names a Prometheus", "start the controller with --prometheus=http://…, or write address in the template");
            else
                list.Warn($"{comparison.Metric}: its template names no Prometheus, and which one the controller was started with can't be seen", "give --prometheus to check the series from here");
            return null;
        }

        var spec = comparison.Spec with { Connection = comparison.Spec.Connection with { Address = address } };
        var seen = await backends.Survey.SidesAsync(spec, arguments, host.Time.GetUtcNow(), cancellationToken);
        if (seen.FirstOrDefault(one => one.Failure is not null) is { Failure: { } failure })
        {
            Unreached(list, comparison, failure, given is null && await services.IsReadyAsync(address, cancellationToken));
            return null;
        }

        list.Ok($"{comparison.Metric}: {address} answers from here");
        foreach (var measure in seen)
            new MeasureLines(list, facts.CanaryHash.Length > 0 || !comparison.Spec.Canary.IsEmpty, spec).Add(measure);
        var (stable, canary) = (TrafficSeen.Of(seen.Select(one => one.Stable)), TrafficSeen.Of(seen.Select(one => one.Canary)));
        if (stable.RequestsPerSecond is not { } rate)
            return null;
        var bounds = stable.Shares.IsEmpty ? TrafficAssumption.DefaultBounds : stable.Bounds;
        return new TrafficAssumption
        {
            RequestsPerSecond = rate + (canary.RequestsPerSecond ?? 0),
            ErrorRate = stable.ErrorRate ?? 0,
            Bounds = bounds,
            Shares = stable.Shares.IsEmpty ? TrafficAssumption.LogNormal(bounds, 0.1) : stable.Shares,
        };
    }

    // A name that only the cluster can resolve says nothing about the controller.
    private void Unreached(CheckList list, GateComparison comparison, string failure, bool answersInside)
    {
        const string Forward = "make it reachable here (kubectl port-forward) and give --prometheus http://localhost:9090 to check the series";
        if (given is not null)
            list.Bad($"{comparison.Metric}: {failure}", "correct --prometheus");
        else if (answersInside)
            list.Warn($"{comparison.Metric}: the Prometheus answers within the cluster (asked through the API server), but not here: {failure}", Forward);
        else if (LastLooks.WereAnswered(facts))
            list.Warn($"{comparison.Metric}: not reached from here, though from the controller: {failure}", Forward);
        else
            list.Bad($"{comparison.Metric}: {failure} (asked from here; whether the controller reaches it shows at its first look)", Forward);
    }

    private static void Forecast(CheckList list, Gate gate, GateComparison comparison, PauseForecast forecast)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"step {gate.Number} ({gate.Weight} % of the traffic), {comparison.Metric}: finds harm from {ForecastText.Smallest(forecast.SmallestRatio)} on; {ForecastText.Promotion(forecast)}");
        if (forecast.Promoted >= 0.5)
            list.Ok(text);
        else
            list.Warn(text, gate.Weight == 0 ? "put a setWeight before the pause" : "give the canary more weight or the pause more time, widen the margins, or say what follows by onInconclusive");
        foreach (var coarse in ForecastText.Coarse(forecast))
            list.Warn(coarse);
    }

    private ImmutableDictionary<string, string> Arguments()
    {
        var canary = facts.CanaryHash.Length > 0;
        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        values["rollout"] = facts.Name;
        values["namespace"] = facts.Namespace;
        values["stable-hash"] = facts.StableHash;
        values["stable-pods"] = PodNames.Pattern($"{facts.Name}-{facts.StableHash}");
        values["canary-hash"] = canary ? facts.CanaryHash : NoCanary;
        values["canary-pods"] = canary ? PodNames.Pattern($"{facts.Name}-{facts.CanaryHash}") : NoCanary;
        values["canary-service"] = facts.Spec?.Strategy.Services.Canary ?? "";
        values["stable-service"] = facts.Spec?.Strategy.Services.Stable ?? "";
        values["canary-weight"] = (facts.Rollout.Whole("status", "canary", "weights", "canary", "weight") ?? 0).ToString(CultureInfo.InvariantCulture);
        return values.ToImmutable();
    }
}
