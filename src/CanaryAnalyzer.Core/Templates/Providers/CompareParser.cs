using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>Reads a comparison and fills in its defaults.</summary>
internal static class CompareParser
{
    private static readonly (string Field, string Message)[] Elsewhere =
    [
        ("metrics", "is named measures here"),
        ("onInconclusive", "stands in the PromotionPolicy (spec.onInconclusive), not here"),
        ("onSuccessful", "stands in the PromotionPolicy (spec.onSuccessful), not here"),
        ("onFailed", "stands in the PromotionPolicy (spec.onFailed), not here"),
        ("control", "is not supported here; pick the stable side's series by stable"),
        ("query", "stands under measures here, as counters: errorRate: {requests: …, errors: …}"),
    ];

    public static CompareSpec? TryParse(JsonElement json, string path, ICollection<SpecError> errors)
    {
        var found = new List<SpecError>();
        var spec = SpecReader.Open(json, path, found) is { } reader ? Read(reader) : null;
        foreach (var error in found) errors.Add(error);
        return found.Count == 0 ? spec : null;
    }

    private static CompareSpec Read(SpecReader reader)
    {
        var second = TimeSpan.FromSeconds(1);
        var spec = new CompareSpec
        {
            Connection = ConnectionParser.Read(reader),
            Canary = ReadSide(reader, "canary"),
            Stable = ReadSide(reader, "stable"),
            Interval = reader.Duration("interval", TimeSpan.FromSeconds(30), second),
            MinDuration = reader.Duration("minDuration", TimeSpan.FromMinutes(5), TimeSpan.Zero),
            MaxDuration = reader.Duration("maxDuration", TimeSpan.FromMinutes(30), second),
            Promote = reader.Has("promote") ? reader.Choice("promote", PromoteWhen.WhenSafe) : null,
            Risk = ReadRisk(reader.Child("risk")),
            MinRequests = reader.Whole("minRequests", 100, 0, 1_000_000_000_000),
            History = reader.Duration("history", TimeSpan.FromMinutes(15), TimeSpan.Zero),
            Power = reader.Part("power", 0.8, 0.5, 0.999),
            Target = reader.OptionalText("target", "a label's name such as pod"),
            ScrapeInterval = reader.Has("scrapeInterval") ? reader.Duration("scrapeInterval", second, TimeSpan.FromMilliseconds(100)) : null,
            Measures = MeasureParser.Read(reader),
        };
        CheckTimes(reader, spec);
        if (reader.Has("canary") != reader.Has("stable"))
            reader.Refuse(reader.Has("canary") ? "stable" : "canary", "is required where the other side is given; write a matcher such as pod=~\"web-.*\"");
        foreach (var (field, message) in Elsewhere)
        {
            if (reader.Has(field)) reader.Refuse(field, message);
        }

        if (!spec.Measures.IsEmpty && !CompareJudging.Options(spec, 1, null, isLastPause: false).StateFits)
            reader.Refuse("measures", "are too many: what the judge remembers of them would be larger than 9 KiB; name fewer, or fewer tails and bounds");

        reader.Close([.. Elsewhere.Select(entry => entry.Field)]);
        return spec;
    }

    private static void CheckTimes(SpecReader reader, CompareSpec spec)
    {
        if (spec.MinDuration > spec.MaxDuration)
            reader.Refuse("minDuration", $"must not be longer than maxDuration ({GoDuration.Format(spec.MaxDuration)}), but is {GoDuration.Format(spec.MinDuration)}");
        if (spec.Interval > spec.MaxDuration)
            reader.Refuse("interval", $"must not be longer than maxDuration ({GoDuration.Format(spec.MaxDuration)}), but is {GoDuration.Format(spec.Interval)}");
        if (spec.History > TimeSpan.FromDays(1))
            reader.Refuse("history", $"must be at most 24h, but is {GoDuration.Format(spec.History)}");
        if (spec.Target is { } target && !target.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            reader.Refuse("target", $"must be a label's name such as pod, not \"{target}\"");
    }

    private static RiskSpec ReadRisk(SpecReader? reader)
    {
        var missing = new RiskSpec();
        if (reader is null) return missing;
        const double Least = 1e-6, Most = 0.5;
        var risk = new RiskSpec(reader.Part("falseRollback", missing.FalseRollback, Least, Most), reader.Part("falsePromotion", missing.FalsePromotion, Least, Most));
        reader.Close();
        return risk;
    }

    private static ImmutableArray<LabelMatcher> ReadSide(SpecReader reader, string field)
    {
        if (reader.OptionalText(field, "a label matcher such as pod=~\"web-.*\"") is not { } text) return [];
        var matchers = SeriesSelector.TryParseMatchers(text, out var error);
        if (error.Length > 0) reader.Refuse(field, $"is no label matcher: {error}");
        return matchers.IsDefault ? [] : matchers;
    }
}
