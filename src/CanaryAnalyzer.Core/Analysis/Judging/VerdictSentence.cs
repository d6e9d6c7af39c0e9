using CanaryAnalyzer.Core.Analysis.Judging.Reporting;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>A look in one English sentence: the conclusion, then the numbers that it rests on and the time that they are of.</summary>
public static class VerdictSentence
{
    /// <summary>The sentence; it ends without a full stop, so that it can stand inside another.</summary>
    public static string Of(LookReport report) => Verdict(report) + Late(report);

    private static string Verdict(LookReport report) => report.Verdict switch
    {
        JudgeVerdict.Rollback => $"rolled back at look {report.Look}: {string.Join("; ", Culprits(report).Select(MeasureSentence.Harm))}; {OfHarm(report)}",
        JudgeVerdict.Promote => $"safe at look {report.Look}: {MeasureSentence.All(report)}; {OfHarm(report)}",
        JudgeVerdict.Inconclusive when report.Elapsed <= TimeSpan.Zero => $"undecided: ended before the first look{Numbers(report)}",
        JudgeVerdict.Inconclusive => $"undecided after {Figures.Duration(report.Elapsed)}: {Why(report)}{Numbers(report)}{Detectable(report)}",
        _ => $"undecided at look {report.Look}: {Why(report)}{Numbers(report)}",
    };

    private static string Late(LookReport report) => report.Late is { } late ? $"; the look was {Figures.Duration(late)} late" : "";

    private static IEnumerable<MeasureReport> Culprits(LookReport report) =>
        report.Culprits.Select(name => report.Measures.First(m => string.Equals(m.Name, name, StringComparison.Ordinal)));

    private static string Why(LookReport report) => report.Reason switch
    {
        VerdictReason.NoData or VerdictReason.MissingSeries or VerdictReason.Stale or VerdictReason.QueryError => NoData(report),
        VerdictReason.TrafficShare => $"the canary doesn't get the share of requests that its weight gives it, so nothing is promoted on them: {TrafficOf(report)}",
        VerdictReason.BothWorse => "both versions are far worse than stable's past; promotion waits until that is over",
        VerdictReason.TooLittleTraffic => TooLittleTraffic(report),
        VerdictReason.InBetween => $"{Sign(report)}, {SafetySentence.Open(report)}{SafetySentence.Next(report)}",
        VerdictReason.SignOfHarm => $"safe by the numbers of the whole run, but a sign of harm has to fade first: {string.Join("; ", Suspects(report).Select(MeasureSentence.Harm))}",
        VerdictReason.MinDuration or VerdictReason.AwaitingEnd when SafetySentence.IsUntested(report) => $"{Sign(report)}, too early to promote{SafetySentence.Next(report)}",
        VerdictReason.MinDuration => $"safe so far, promotion after {Figures.Duration(report.MinDuration)} at the earliest",
        VerdictReason.AwaitingEnd => report.MaxDuration is { } end ? $"safe so far, promotion at the end after {Figures.Duration(end)}" : "safe so far, promotion waits for the end",
        VerdictReason.WarmingUp => "latency is still warming up",
        VerdictReason.BucketsTooCoarse => CoarseBuckets.Why(report),
        VerdictReason.HarmShown or VerdictReason.Safe => MeasureSentence.All(report),
        _ => throw new ArgumentOutOfRangeException(nameof(report), report.Reason, "Not a reason."),
    };

    private static string Sign(LookReport report) => report.HasSignOfHarm ? "a sign of harm" : "no sign of harm";

    /// <summary>The measures whose own evidence is a sign of harm; where none has as much, the one with the most.</summary>
    private static IEnumerable<MeasureReport> Suspects(LookReport report)
    {
        var suspects = report.Measures.Where(m => m.Kind != MeasureKind.Traffic && m.LogEvidence >= 0.5 * report.LogThreshold).ToList();
        return suspects.Count > 0 ? suspects : report.Measures.Where(m => m.Kind != MeasureKind.Traffic).OrderByDescending(m => m.LogEvidence).Take(1);
    }

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
        return $"no data{of}{because}; {(report.Verdict == JudgeVerdict.Inconclusive ? "nothing is decided without data" : "the gate waits for data")}";
    }

    private static string TrafficOf(LookReport report) =>
        (report.Measures.Where(m => m.Kind == MeasureKind.Traffic).MaxBy(m => m.LogEvidence) ?? report.Measures[0]) is var traffic && traffic.Deciding is not null
            ? MeasureSentence.Harm(traffic)
            : MeasureSentence.Of(traffic);

    private static string TooLittleTraffic(LookReport report)
    {
        var fewest = report.Measures.Where(m => m.Required).MinBy(m => m.Canary.Requests);
        if (fewest is { Canary.Requests: 0 })
            return $"{fewest.Name}: none of the canary's requests are counted yet, at least {Figures.Count(report.MinRequests)} are needed";
        if (report.CanaryRequests < report.MinRequests)
            return $"the canary answered {Figures.Count(report.CanaryRequests)} requests so far, at least {Figures.Count(report.MinRequests)} are needed";
        return $"{Sign(report)}, too little traffic to promote even a canary exactly like stable; a higher weight helps{SafetySentence.Next(report)}";
    }

    private static string Numbers(LookReport report) =>
        report.Measures.Any(m => m.Canary.Requests > 0) ? $"; {MeasureSentence.All(report)}; {OfHarm(report)}" : "";

    private static string Detectable(LookReport report) => report.DetectableRatio is { } ratio
        ? $"; this traffic would have shown harm from {Figures.High(ratio)}x on"
        : "";

    private static string OfHarm(LookReport report) => $"evidence of harm {Figures.Evidence(report.Evidence)}, threshold {Figures.Threshold(report.Threshold)}";
}
