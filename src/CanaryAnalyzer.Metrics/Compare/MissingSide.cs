using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Counting;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Says why a side has no series, as far as the facts tell it, and what to do.</summary>
internal static class MissingSide
{
    private const string Bucket = "_bucket";
    private const int LabelsNamed = 12;
    private const int ValuesNamed = 5;
    private static readonly string[] Hints = ["hash", "pods", "service"];

    /// <summary>The sentence.</summary>
    public static string Describe(SideFacts facts)
    {
        if (facts.Present.IsEmpty) return $"no series matches {facts.Selector}: {OfName(facts)}";
        if (facts.WantsBuckets && facts.Present.All(series => !series.Labels.ContainsKey("le") && series.Histograms.IsEmpty)) return WithoutBuckets(facts, facts.Present.Any(series => series.Labels.ContainsKey("quantile")));
        var asked = facts.Side switch
        {
            "canary" => $"the canary was asked with {Sides.Describe(facts.Sides.Canary)}",
            "stable" => $"the stable side was asked with {Sides.Describe(facts.Sides.Stable)}",
            _ => $"canary and stable were asked with {Sides.Describe(facts.Sides.Canary)} and {Sides.Describe(facts.Sides.Stable)}",
        };
        return $"no series of {facts.Selector} for {facts.Side}: {asked}; {(facts.OtherIsPresent ? OfSilence(facts) : OfLabels(facts))}";
    }

    /// <summary>The selector alone finds nothing: its name or one of its matchers is wrong, or nothing was counted yet.</summary>
    private static string OfName(SideFacts facts)
    {
        var name = facts.Selector.Name ?? "";
        if (!facts.Named.IsEmpty)
        {
            if (facts.Selector.Matchers.FirstOrDefault(matcher => !facts.Named.Any(series => Matching.One(series, matcher))) is not { } wrong)
                return $"{name} is there, but no series fits all of these matchers";
            var values = Values(facts.Named, wrong.Label);
            return values.Length == 0 ? $"{name} is there, but without the label {wrong.Label}" : $"{name} is there, but {wrong} fits none of its series, which have {wrong.Label} {values}";
        }

        var histogram = facts.WantsBuckets && name.EndsWith(Bucket, StringComparison.Ordinal) ? name[..^Bucket.Length] : "";
        if (histogram.Length > 0 && facts.Names.Contains($"{histogram}_count")) return WithoutBuckets(facts, isSummary: false);
        var similar = Similar(facts, name);
        return similar.Length > 0 ? $"no metric has this name; {similar}" : "is the name right, and is it scraped? (It may also be that there were no requests yet.)";
    }

    private static string WithoutBuckets(SideFacts facts, bool isSummary)
    {
        var name = facts.Selector.Name![..^Bucket.Length];
        return isSummary
            ? $"{name} is a summary: quantiles cannot be compared; expose it as a histogram, with buckets"
            : $"{name} has no buckets, so it is no histogram that could be compared; expose it with buckets";
    }

    /// <summary>The labels are right, as the other side shows: the side has not counted anything yet, or under another name, or isn't scraped.</summary>
    private static string OfSilence(SideFacts facts)
    {
        var who = facts.Side == "canary" ? "the canary" : "the stable side";
        if (Fitting(facts, [.. facts.Present.Where(series => !Matching.All(series, facts.Other))]) is { } advice) return advice;
        if (!facts.Up.IsEmpty && facts.Up.All(value => value == 0)) return $"{who} is a target, but can't be scraped (up is 0): is the port right, and does it serve metrics?";
        if (facts.Up.IsEmpty && facts.IsUpKnown) return $"{who} isn't scraped (no up with these labels): are its pods running and ready, and does a scrape config find them?";
        if (facts.Names.Contains(facts.Selector.Name ?? "")) return $"{who} has {facts.Selector.Name}, but no series of it that fits the other matchers";
        var similar = Similar(facts, facts.Selector.Name ?? "");
        if (similar.Length > 0) return $"{who} is scraped, but has no metric of this name; {similar}";
        return facts.Up.IsEmpty ? $"the labels are right, as the other side has series: has {who} had a request yet, and is it scraped?" : $"{who} is scraped, but has no such series: it has had no request yet";
    }

    private static string Similar(SideFacts facts, string name)
    {
        var similar = SimilarNames.Of(name, facts.WantsBuckets ? facts.Names.Where(one => one.EndsWith(Bucket, StringComparison.Ordinal)) : facts.Names);
        var shown = similar.Select(one => facts.WantsBuckets ? one[..^Bucket.Length] : one).ToList();
        return shown.Count == 0 ? "" : $"did you mean {(shown.Count == 1 ? shown[0] : $"{string.Join(", ", shown.SkipLast(1))} or {shown[^1]}")}?";
    }

    /// <summary>Neither side has series: the labels that tell them apart are others, or have other values.</summary>
    private static string OfLabels(SideFacts facts)
    {
        if (Fitting(facts, facts.Present) is { } advice) return advice;
        var wrong = facts.Own.FirstOrDefault(matcher => !facts.Present.Any(series => Matching.One(series, matcher)));
        if (wrong is not null && Values(facts.Present, wrong.Label) is { Length: > 0 } values)
        {
            return $"the series that are there have {wrong.Label} {values}: "
                + (facts.Sides.Rule == SideRule.Given ? "set canary and stable to values that are there" : "is this the selector of the Rollout's own metrics, and have its pods had a request yet?");
        }

        var labels = facts.Present.SelectMany(series => series.Labels.Keys).Where(IsTelling).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return labels.Count == 0
            ? "the series that are there have no labels that could tell the sides apart"
            : $"the series that are there have the labels {string.Join(", ", labels.Take(LabelsNamed))}{(labels.Count > LabelsNamed ? ", …" : "")}: set canary and stable to matchers on the one that names the version or the pod";
    }

    private static string Values(ImmutableArray<RawSeries> present, string label)
    {
        var values = present.Select(series => series.Labels.GetValueOrDefault(label, "")).Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return string.Join(", ", values.Take(ValuesNamed).Select(value => $"\"{value}\"")) + (values.Count > ValuesNamed ? ", …" : "");
    }

    /// <summary>A matcher on an argument of the run that would find some of the series; null where there is none.</summary>
    private static string? Fitting(SideFacts facts, ImmutableArray<RawSeries> present)
    {
        var side = facts.Side == "stable" ? "stable" : "canary";
        foreach (var hint in Hints)
        {
            if (!facts.Arguments.TryGetValue($"{side}-{hint}", out var wanted) || wanted.Length == 0) continue;
            if (Fitting(present, value => value == wanted) is { } equal) return $"{equal}=\"{{{{args.{side}-{hint}}}}}\" would find some";
            if (Fitting(present, value => Matching.Pattern(value, wanted)) is { } matching) return $"{matching}=~\"{{{{args.{side}-{hint}}}}}\" would find some";
            if (hint == "hash" && Fitting(present, value => value.Contains(wanted, StringComparison.Ordinal)) is { } containing)
                return $"{containing}=~\".*{{{{args.{side}-{hint}}}}}.*\" would find some";
        }

        return null;
    }

    private static string? Fitting(ImmutableArray<RawSeries> present, Func<string, bool> fits) =>
        present.SelectMany(series => series.Labels).Where(label => IsTelling(label.Key) && fits(label.Value)).Select(label => label.Key).Order(StringComparer.Ordinal).FirstOrDefault();

    private static bool IsTelling(string label) => label is not ("__name__" or "le" or "quantile");
}
