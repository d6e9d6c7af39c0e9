using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Reads what the comparisons of an AnalysisRun say now.</summary>
internal static class VerdictReader
{
    /// <summary>The verdicts put together: harm speaks first, then the least decided; null where the run compares nothing or has not looked yet.</summary>
    public static JudgedVerdict? Read(AnalysisRun run)
    {
        var comparisons = RunPlan.Of(run.Spec).Metrics.Where(metric => !metric.DryRun && metric.Spec.Provider.Compares);
        var looks = comparisons.Select(metric => Last(run.Status.Result(metric.Spec.Name)?.LastMeasurement)).ToList();
        if (looks.TrueForAll(look => look == Look.None)) return null;
        var speaker = looks.Find(look => look.Value.Verdict == JudgeVerdict.Rollback) ?? looks.Find(look => look == Look.None)
            ?? looks.Find(look => look.Value.Verdict != JudgeVerdict.Promote) ?? looks[0];
        var strongest = looks.MaxBy(look => look.Value.Evidence / look.Value.Threshold) ?? speaker;
        return new JudgedVerdict(
            speaker.Sentence,
            speaker.Value.Reason,
            looks.Max(look => look.Value.Look),
            strongest.Value.Evidence,
            strongest.Value.Threshold,
            looks.Exists(look => look.Value.At is null) ? null : looks.Min(look => look.Value.At),
            looks.Exists(look => look.Value.SmallestRatio is null) ? null : looks.Max(look => look.Value.SmallestRatio),
            looks.TrueForAll(look => look.Value.HasMinRequests));
    }

    private static Look Last(Measurement? measurement)
    {
        var value = VerdictValue.Read(measurement?.Value, out var problem);
        return value is not null ? new Look(value, measurement!.Message)
            // Nothing is decided on a verdict that isn't understood: as far as the gate goes nobody has looked, and it says why.
            : problem.Length > 0 ? new Look(Look.None.Value, $"the verdict can't be read: {problem}; it was written by another version of the controller")
            : Look.None;
    }

    private sealed record Look(VerdictValue Value, string Sentence)
    {
        /// <summary>A comparison whose first look has had no answer yet: it keeps the others from speaking for it.</summary>
        public static Look None { get; } = new(new VerdictValue { Verdict = JudgeVerdict.Continue, Reason = VerdictReason.QueryError }, "not looked yet");
    }
}
