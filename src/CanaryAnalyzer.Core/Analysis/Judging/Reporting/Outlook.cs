using CanaryAnalyzer.Core.Statistics;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Judging.Reporting;

/// <summary>What would change a verdict, in a sentence.</summary>
internal static class Outlook
{
    private const double MostRequests = 1e12;

    /// <summary>The sentence; empty where the verdict is final.</summary>
    public static string Of(LookReport report)
    {
        if (report.Verdict is JudgeVerdict.Promote or JudgeVerdict.Rollback)
            return "";
        return report.Reason switch
        {
            VerdictReason.NoData or VerdictReason.MissingSeries or VerdictReason.Stale => "samples of both sides for every required measure",
            VerdictReason.QueryError => "an answer of the metrics backend",
            VerdictReason.TooLittleTraffic or VerdictReason.InBetween => MoreRequests(report),
            VerdictReason.MinDuration or VerdictReason.AwaitingEnd when SafetySentence.IsUntested(report) =>
                $"{GoDuration.Format(report.NextPlannedLook!.Value - report.Elapsed)} more without harm, and the test of safety then",
            VerdictReason.MinDuration => $"{GoDuration.Format(report.MinDuration - report.Elapsed)} more without harm",
            VerdictReason.AwaitingEnd => report.MaxDuration is { } end && end > report.Elapsed ? $"{GoDuration.Format(end - report.Elapsed)} more without harm" : "the end of the pause without harm",
            VerdictReason.SignOfHarm => $"evidence of harm must fall below {Figures.Threshold(Math.Exp(0.5 * report.LogThreshold))}",
            VerdictReason.BucketsTooCoarse => CoarseBuckets.Needs(report),
            VerdictReason.WarmingUp => "the end of the warm-up",
            VerdictReason.TrafficShare => "the canary has to get the share of requests that its weight gives it",
            VerdictReason.BothWorse => "both sides have to be near the stable version's past again",
            _ => "",
        };
    }

    private static string MoreRequests(LookReport report)
    {
        var (name, requests) = ("", 0.0);
        foreach (var measure in report.Measures)
        {
            if (measure.Required && Missing(measure, report) is var missing && missing > requests)
                (name, requests) = (measure.Name, missing);
        }

        if (name.Length == 0)
            return "more requests of the canary" + Then(report);
        return requests > MostRequests
            ? $"{name} would have to be clearly below the line where harm begins; more requests like these would not show it safe"
            : $"about {Figures.Count(Rounded(requests))} more canary requests like these would show {name} safe{Then(report)}";
    }

    // Where safety is tested at planned looks, requests alone don't tell: the next test does. A higher weight of the canary brings them sooner.
    private static string Then(LookReport report) =>
        report.NextPlannedLook is { } next ? $", at the planned look after {GoDuration.Format(next)} or a later one; a higher weight of the canary brings them sooner" : "";

    /// <summary>How many more requests a measure needs, if evidence of safety goes on to grow with each as on average so far; endless where it doesn't grow.</summary>
    private static double Missing(MeasureReport measure, LookReport report)
    {
        var most = Math.Max(0.0, report.MinRequests - measure.Canary.Requests);
        foreach (var safe in measure.Safe)
        {
            if (report.LastPlannedLook is not null || report.NextPlannedLook is not null)
            {
                if (safe is { P: { } p, Level: { } level } && p > level)
                    most = Math.Max(most, measure.Canary.Requests * More(p, level));
                continue;
            }

            var growth = safe.LogEvidence / Math.Max(measure.Canary.Requests, 1);
            if (safe.LogEvidence < report.LogSafeThreshold)
                most = Math.Max(most, growth > 0 ? (report.LogSafeThreshold - safe.LogEvidence) / growth : double.PositiveInfinity);
        }

        return most;
    }

    /// <summary>By what part more is needed for a p-value to fall to a level: distances in standard deviations grow with the root of the requests.</summary>
    private static double More(double p, double level)
    {
        var ratio = NormalDistribution.Quantile(level) / NormalDistribution.Quantile(p);
        return p < 0.5 ? (ratio * ratio) - 1 : double.PositiveInfinity;
    }

    private static long Rounded(double requests)
    {
        var scale = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(requests, 1))) - 1));
        return (long)(Math.Ceiling(requests / scale) * scale);
    }
}
