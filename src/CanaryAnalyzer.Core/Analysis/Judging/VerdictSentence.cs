using CanaryAnalyzer.Core.Analysis.Judging.Reporting;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>A look in one English sentence, with the numbers that the verdict rests on.</summary>
public static class VerdictSentence
{
    /// <summary>The sentence; it ends without a full stop, so that it can stand inside another.</summary>
    public static string Of(LookReport report) => report.Verdict switch
    {
        JudgeVerdict.Rollback => Rollback(report),
        JudgeVerdict.Promote => $"safe at look {report.Look}: {MeasureSentence.All(report)}; evidence of harm {OfHarm(report)}",
        JudgeVerdict.Inconclusive => $"undecided after {GoDuration.Format(report.Elapsed)}: {Why(report)}{Numbers(report)}{Detectable(report)}",
        _ => $"no verdict yet at look {report.Look}: {Why(report)}{Numbers(report)}",
    };

    private static string Rollback(LookReport report)
    {
        var culprits = report.Culprits.Select(name => report.Measures.First(m => string.Equals(m.Name, name, StringComparison.Ordinal)));
        return $"{string.Join("; ", culprits.Select(MeasureSentence.Of))}; evidence {Figures.Evidence(report.Evidence)} against {Figures.Threshold(report.Threshold)} at look {report.Look}";
    }

    private static string Why(LookReport report) => report.Reason switch
    {
        VerdictReason.NoData or VerdictReason.MissingSeries or VerdictReason.Stale or VerdictReason.QueryError => NoData(report),
        VerdictReason.TrafficShare => $"the canary doesn't get the share of requests that its weight gives it ({TrafficOf(report)}), so nothing is promoted on them",
        VerdictReason.BothWorse => "both sides are far worse than the stable version's past, so promotion waits until that is over",
        VerdictReason.TooLittleTraffic => TooLittleTraffic(report),
        VerdictReason.InBetween => $"{SafetySentence.Open(report)}, and the canary cannot be told yet from one where harm begins; {SafetySentence.Again(report)}",
        VerdictReason.SignOfHarm => $"safety is shown, but there is a sign of harm (evidence {OfHarm(report)}), which has to fade first",
        VerdictReason.MinDuration or VerdictReason.AwaitingEnd when SafetySentence.IsUntested(report) => $"too early to tell: {SafetySentence.Open(report)}",
        VerdictReason.MinDuration => $"safe so far, earliest promotion after {GoDuration.Format(report.MinDuration)}",
        VerdictReason.AwaitingEnd => report.MaxDuration is { } end ? $"safe so far, promotion at the end after {GoDuration.Format(end)}" : "safe so far, promotion waits for the end",
        VerdictReason.WarmingUp => "latency is still warming up",
        VerdictReason.BucketsTooCoarse => CoarseBuckets.Why(report),
        VerdictReason.HarmShown or VerdictReason.Safe => MeasureSentence.All(report),
        _ => throw new ArgumentOutOfRangeException(nameof(report), report.Reason, "Not a reason."),
    };

    private static string NoData(LookReport report)
    {
        var names = report.Measures.Where(m => !m.HasData && m.Required).Select(m => m.Name).ToList();
        var of = names.Count > 0 ? $" for {string.Join(" and ", names)}" : "";
        var because = report.Reason switch
        {
            VerdictReason.MissingSeries => " (a side has no series)",
            VerdictReason.Stale => " (a side has no new sample)",
            VerdictReason.QueryError => " (the query failed)",
            _ => "",
        };
        return $"no data{of} at look {report.Look}{because}; nothing is decided without";
    }

    private static string TrafficOf(LookReport report) =>
        MeasureSentence.Of(report.Measures.Where(m => m.Kind == MeasureKind.Traffic).MaxBy(m => m.LogEvidence) ?? report.Measures[0]);

    private static string TooLittleTraffic(LookReport report)
    {
        var fewest = report.Measures.Where(m => m.Required).MinBy(m => m.Canary.Requests);
        if (fewest is { Canary.Requests: 0 })
            return $"{fewest.Name}: none of the canary's requests are counted yet, at least {Figures.Count(report.MinRequests)} are needed";
        if (report.CanaryRequests < report.MinRequests)
            return $"the canary answered {Figures.Count(report.CanaryRequests)} requests so far, at least {Figures.Count(report.MinRequests)} are needed";
        return $"{SafetySentence.Open(report)}, and this little traffic could not show it even if the canary were exactly like stable; more requests would";
    }

    private static string Numbers(LookReport report) =>
        report.Measures.Any(m => m.Canary.Requests > 0) ? $"; {MeasureSentence.All(report)}; evidence of harm {OfHarm(report)}" : "";

    private static string Detectable(LookReport report) => report.DetectableRatio is { } ratio
        ? $"; this traffic would have shown harm from {Figures.High(ratio)} times as much on"
        : "";

    private static string OfHarm(LookReport report) => $"{Figures.Evidence(report.Evidence)} of {Figures.Threshold(report.Threshold)}";
}
