using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Planning;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Cli.Planning;

/// <summary>A forecast in sentences and tables, and as JSON.</summary>
internal static class ForecastText
{
    /// <summary>The sentence about a canary that is as good as stable.</summary>
    public static string Promotion(PauseForecast forecast)
    {
        if (forecast.Simulated == 0)
            return "nothing in it can be forecast from traffic alone";
        var rest = forecast.UndecidedBecause is { } why ? $"; the others stay undecided: {Reason(why)}" : "";
        if (forecast.PromotedAfter is not { } typical)
            return $"a canary equal to stable is never promoted by {GoDuration.Format(forecast.Deadline)}{rest}{Needs(forecast)}";
        return $"a canary equal to stable is promoted in {Percent(forecast.Promoted)} of cases, typically after {GoDuration.Format(typical)}{rest}{(forecast.Promoted < 0.5 ? Needs(forecast) : "")}";
    }

    /// <summary>The smallest harm that is found, in words.</summary>
    public static string Smallest(double? ratio) => ratio is { } found
        ? (found < 10 ? (Math.Ceiling(found * 10) / 10).ToString("0.0", CultureInfo.InvariantCulture) : Math.Ceiling(found).ToString("0", CultureInfo.InvariantCulture)) + "×"
        : "none";

    /// <summary>The table of what is found when, each row indented.</summary>
    public static string Table(PauseForecast forecast, string indent)
    {
        var table = new TextTable();
        table.Add([indent + "MEASURE", "CANARY REQUESTS", "SMALLEST FOUND", .. PauseForecaster.Ratios.Select(ratio => (Cell)$"{ratio.ToString(CultureInfo.InvariantCulture)}× AFTER")]);
        foreach (var measure in forecast.Measures)
        {
            table.Add([
                indent + measure.Name,
                measure.CanaryRequests.ToString(CultureInfo.InvariantCulture),
                Smallest(measure.SmallestRatio),
                .. measure.Found.Select(found => (Cell)(found.After is not { } after ? "not" : after > forecast.Deadline ? $"({GoDuration.Format(after)})" : GoDuration.Format(after))),
            ]);
        }

        return table.Take();
    }

    /// <summary>What is wrong with the buckets of a latency measure.</summary>
    public static IEnumerable<string> Coarse(PauseForecast forecast)
    {
        foreach (var measure in forecast.Measures)
        {
            foreach (var bound in measure.Asked.Where(bound => bound.IsRounded || bound.Bound is null))
            {
                yield return $"{measure.Name}: {Seconds(bound.Asked)} " + (bound.Bound is { } watched
                    ? $"is no bound of these buckets: requests over {Seconds(watched)} are watched in its place"
                    : "lies above all bounds of these buckets and can't be watched: write a lower bound, or give the histogram one there");
            }
        }

        foreach (var measure in forecast.Measures.Where(measure => measure.IsTooCoarse))
        {
            if (measure.Bounds.IsEmpty && measure.Asked.IsEmpty)
                yield return $"{measure.Name}: no bucket's bound lies near the 90th or 99th percentile, so nothing can be shown; give the histogram bounds there, or set required: false";
            foreach (var bound in measure.Bounds.Where(bound => bound.IsTooCoarse))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{measure.Name}: the bound {bound.Bound} s leaves only {bound.Share * 100:0.###} % of requests above it, so that harm begins at {bound.HarmfulRatio:0.#}×, not at the margin's {bound.MarginRatio:0.#}×: add a bound below it, or a smaller margin.absolute");
            }
        }
    }

    public static JsonObject Json(string metric, PauseForecast forecast) => new()
    {
        ["metric"] = metric,
        ["deadlineSeconds"] = forecast.Deadline.TotalSeconds,
        ["promoted"] = Math.Round(forecast.Promoted, 4),
        ["rolledBack"] = Math.Round(forecast.RolledBack, 4),
        ["simulated"] = forecast.Simulated,
        ["promotedAfterSeconds"] = forecast.PromotedAfter?.TotalSeconds,
        ["shownSafeAfterSeconds"] = forecast.ShownSafeAfter?.TotalSeconds,
        ["undecidedBecause"] = forecast.UndecidedBecause?.ToString(),
        ["smallestRatio"] = Rounded(forecast.SmallestRatio),
        ["measures"] = new JsonArray([.. forecast.Measures.Select(Json)]),
        ["tooCoarse"] = new JsonArray([.. Coarse(forecast).Select(text => JsonValue.Create(text))]),
    };

    private static JsonObject Json(MeasureForecast measure) => new()
    {
        ["name"] = measure.Name,
        ["canaryRequests"] = measure.CanaryRequests,
        ["smallestRatio"] = Rounded(measure.SmallestRatio),
        ["found"] = new JsonArray([.. measure.Found.Select(found => new JsonObject { ["ratio"] = found.Ratio, ["afterSeconds"] = found.After?.TotalSeconds })]),
        ["bounds"] = new JsonArray([.. measure.Bounds.Select(bound => new JsonObject { ["bound"] = bound.Bound, ["share"] = Rounded(bound.Share), ["harmfulRatio"] = Rounded(bound.HarmfulRatio) })]),
    };

    private static string Seconds(double seconds) => seconds.ToString("G6", CultureInfo.InvariantCulture) + " s";

    private static string Needs(PauseForecast forecast) => forecast.ShownSafeAfter is { } after && after > forecast.Deadline
        ? $"; it would take {GoDuration.Format(after)}"
        : "";

    private static string Reason(VerdictReason reason) => reason switch
    {
        VerdictReason.TooLittleTraffic => "too little traffic",
        VerdictReason.InBetween => "chance leaves them too near the harmful line",
        VerdictReason.BucketsTooCoarse => "the latency buckets are too coarse",
        VerdictReason.WarmingUp => "latency is warming up all the time",
        VerdictReason.MinDuration or VerdictReason.AwaitingEnd => "minDuration is longer than the pause",
        VerdictReason.SignOfHarm => "by chance there was a sign of harm",
        _ => "there are no data",
    };

    private static string Percent(double share) => (share * 100).ToString(share is > 0.99 and < 1 or < 0.01 ? "0.#" : "0", CultureInfo.InvariantCulture) + " %";

    private static double? Rounded(double? number) => number is { } value && double.IsFinite(value) ? double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
