using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Finds out how a measure's series are told apart, and says what would do where none are found.</summary>
internal sealed class SideFinder(ComparePlan plan, CompareProgress progress, SeriesFetch fetch)
{
    /// <summary>The matchers of one measure: those given; else the pod template's hash where a series has it, else the pods' names.</summary>
    public async Task<Fetched<Sides>> FindAsync(int measure, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (Sides.Given(plan.Spec) is { } given) return Found(given);
        var (byHash, byPods) = (Sides.ByHash(plan.Request.Arguments), Sides.ByPods(plan.Request.Arguments));
        if (byHash is null || byPods is null) return Found((byHash ?? byPods)!);
        switch (progress.Memory.Sides[measure])
        {
            case SideRule.Hash:
                return Found(byHash);
            case SideRule.Pods:
                return Found(byPods);
        }

        var labelled = MeasureQueries.Presence(plan.Spec.Measures[measure]).With([byHash.Together(Sides.HashLabel)]);
        return (await fetch.PresentAsync(labelled, at, cancellationToken)).Then(series => series.IsEmpty ? byPods : byHash);
    }

    /// <summary>Keeps to a rule once it has found series.</summary>
    public void Remember(int measure, Sides sides, MeasureSeries series)
    {
        if (series.Canary.IsEmpty && series.Stable.IsEmpty) return;
        progress.Memory = progress.Memory with { Sides = progress.Memory.Sides.SetItem(measure, sides.Rule) };
    }

    /// <summary>Says why a side has no series; what was found out for the same side within the last looks is said again.</summary>
    public async Task<string> ExplainAsync(int measure, Sides sides, string side, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var look = progress.Memory.Next;
        if (progress.Missing.FirstOrDefault(note => note.Measure == measure && note.Side == side && look - note.Look < SightMemory.Looks) is { } known) return known.Text;
        var facts = await new SideFactsReader(fetch, at, cancellationToken).ReadAsync(plan.Spec.Measures[measure], sides, side, plan.Request.Arguments);
        if (facts.Cause is { } cause) return $"no series for {side}; {cause}";
        var text = MissingSide.Describe(facts.Value);
        Forget(measure);
        progress.Missing.Add(new MissingNote(measure, look, side, text));
        return text;
    }

    /// <summary>Forgets why a side had no series.</summary>
    public void Forget(int measure) => progress.Missing.RemoveAll(note => note.Measure == measure);

    private static Fetched<Sides> Found(Sides sides) => new(sides, null, default);
}
