using System.Globalization;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Metrics.Compare;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>The lines about one measure's series.</summary>
/// <param name="list">Where they go.</param>
/// <param name="hasCanary">Whether a canary should be seen now.</param>
/// <param name="spec">The comparison.</param>
internal sealed class MeasureLines(CheckList list, bool hasCanary, CompareSpec spec)
{
    public void Add(MeasureSurvey measure)
    {
        Side(measure.Name, "stable", measure.Stable);
        if (hasCanary)
            Side(measure.Name, "canary", measure.Canary);
        else
            list.Warn($"{measure.Name}, canary: no release is under way, so its series aren't there to be checked");
        if (measure.Stable.ScrapeInterval is { } scrape && spec.Interval < scrape)
            list.Warn($"{measure.Name}: looks every {GoDuration.Format(spec.Interval)} are closer than samples, every {GoDuration.Format(scrape)}", $"write interval: {GoDuration.Format(scrape * 2)} or longer");
    }

    private void Side(string measure, string side, SideSurvey seen)
    {
        if (seen.Targets == 0)
        {
            list.Bad($"{measure}, {side}: no series", seen.Advice);
            return;
        }

        if (seen.Flaw.Length > 0)
        {
            list.Bad($"{measure}, {side}: {seen.Flaw}", "nothing is decided without: correct the selectors, or the labels");
            return;
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{measure}, {side}: {seen.Targets} pod{(seen.Targets == 1 ? "" : "s")} by {seen.Matchers}, {seen.RequestsPerSecond * 60:0.#} requests a minute, a sample every {Text(seen.ScrapeInterval)}, the newest {Text(seen.NewestAge)} old");
        if (seen.NewestAge is null || seen.NewestAge > 3 * (seen.ScrapeInterval ?? TimeSpan.FromMinutes(1)))
            list.Bad(text, "its samples have stopped: is it still scraped (Prometheus, Status, Targets)?");
        else if (seen.RequestsPerSecond <= 0)
            list.Warn(text, "without requests nothing is decided");
        else
            list.Ok(text);
    }

    private static string Text(TimeSpan? time) => time is { } known ? HumanDuration.Format(known) : "unknown time";
}
