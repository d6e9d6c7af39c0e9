using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Templates.Selectors;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Asks what is there where a side has no series. Each question is asked only where its answer can change the advice.</summary>
internal sealed class SideFactsReader(SeriesFetch fetch, DateTimeOffset at, CancellationToken cancellationToken)
{
    /// <summary>Labels that say where a target is, as <c>up</c> has them, and not what was counted.</summary>
    internal static readonly string[] OfTargets = ["namespace", "kubernetes_namespace", "exported_namespace", "cluster", "job", "service", "app"];

    /// <summary>The facts; a question that could not be answered leaves its fact empty.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="sides">What was asked with.</param>
    /// <param name="side">canary, stable, or both.</param>
    /// <param name="arguments">The run's arguments.</param>
    public async Task<Fetched<SideFacts>> ReadAsync(MeasureSpec measure, Sides sides, string side, ImmutableDictionary<string, string> arguments)
    {
        var present = await fetch.PresentAsync(MeasureQueries.Presence(measure), at, cancellationToken);
        if (present.Cause is not null) return present.Then(_ => (SideFacts)null!);
        var facts = new SideFacts
        {
            Side = side,
            Selector = MeasureQueries.Primary(measure),
            WantsBuckets = measure is MeasureSpec.Latency,
            Sides = sides,
            Arguments = arguments,
            Present = present.Value,
        };
        facts = facts.Present.IsEmpty ? await WithNameAsync(facts) : facts.OtherIsPresent ? await WithSilenceAsync(facts) : facts;
        return new Fetched<SideFacts>(facts, null, default);
    }

    private async Task<SideFacts> WithNameAsync(SideFacts facts)
    {
        var selector = facts.Selector;
        if (selector.Name is null) return facts;
        if (selector.Matchers.Length > 0)
        {
            var labels = string.Join(", ", selector.Matchers.Select(matcher => matcher.Label).Distinct(StringComparer.Ordinal));
            facts = facts with { Named = await SeriesAsync($"group by ({labels}) ({selector.NameAlone()})") };
            if (!facts.Named.IsEmpty) return facts;
        }

        return facts with { Names = await NamesAsync(selector.Matchers.Length > 0 ? selector.Matchers : facts.Sides.Stable) };
    }

    private async Task<SideFacts> WithSilenceAsync(SideFacts facts)
    {
        // Pods of the same name may run elsewhere, too; what a request was doesn't belong to its target.
        var place = facts.Selector.Matchers.Where(matcher => OfTargets.Contains(matcher.Label)).ToImmutableArray();
        var up = await SeriesAsync($"up{Braces(place.AddRange(facts.Own))}");
        var isKnown = !up.IsEmpty || !(await SeriesAsync($"up{Braces(place.AddRange(facts.Other))}")).IsEmpty;
        return facts with { Up = [.. up.Select(series => series.Samples[^1].Value)], IsUpKnown = isKnown, Names = await NamesAsync(place.AddRange(facts.Own)) };
    }

    private async Task<ImmutableArray<string>> NamesAsync(ImmutableArray<LabelMatcher> matchers) =>
        matchers.IsEmpty ? [] : [.. (await SeriesAsync($"group by (__name__) ({Braces(matchers)})")).Select(series => series.Label("__name__")).Where(name => name.Length > 0)];

    private async Task<ImmutableArray<RawSeries>> SeriesAsync(string query) => await fetch.PresentAsync(query, at, cancellationToken) is { Cause: null, Value: var series } ? series : [];

    private static string Braces(ImmutableArray<LabelMatcher> matchers) => $"{{{string.Join(',', matchers)}}}";
}
