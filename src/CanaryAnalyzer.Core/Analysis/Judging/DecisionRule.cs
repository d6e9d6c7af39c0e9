using System.Collections.Immutable;
using CanaryAnalyzer.Core.Statistics;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>From evidence to a verdict and its reason.</summary>
internal static class DecisionRule
{
    /// <summary>The verdict at a look.</summary>
    /// <param name="state">The state after the look.</param>
    /// <param name="evidence">Its evidence.</param>
    /// <param name="input">What the look saw.</param>
    /// <param name="hasData">For each measure whether the look had data.</param>
    /// <param name="options">How to judge.</param>
    public static (JudgeVerdict Verdict, VerdictReason Reason) Decide(
        JudgeState state, Combination evidence, LookInput input, ImmutableArray<bool> hasData, JudgeOptions options)
    {
        if (evidence.LogHarm >= Math.Log(1 / options.FalseRollback))
            return (JudgeVerdict.Rollback, VerdictReason.HarmShown);

        var atEnd = input.IsDeadline || input.Elapsed >= options.MaxDuration;
        var reason = WhyNotPromote(state, evidence, input, hasData, options, atEnd);
        if (reason is null)
            return (JudgeVerdict.Promote, VerdictReason.Safe);
        return (atEnd ? JudgeVerdict.Inconclusive : JudgeVerdict.Continue, reason.Value);
    }

    private static VerdictReason? WhyNotPromote(
        JudgeState state, Combination evidence, LookInput input, ImmutableArray<bool> hasData, JudgeOptions options, bool atEnd)
    {
        var required = Enumerable.Range(0, options.Measures.Length).Where(i => options.Measures[i].Required).ToList();
        if (required.Exists(i => !hasData[i]) || !hasData.Contains(true))
            return VerdictReason.NoData;
        if (evidence.TooCoarse)
            return VerdictReason.BucketsTooCoarse;
        if (evidence.Unknown)
            return VerdictReason.WarmingUp;

        // Safety that waited for the end may have been shown at any look before; harm and traffic are judged now.
        var shown = options.Promote == PromoteWhen.AtEnd ? state.BestSafe : evidence.WeakestSafe;
        var enough = required.TrueForAll(i => state.Measures[i].CanaryRequests >= options.MinRequests);
        if (!(shown >= Math.Log(1 / options.FalsePromotion)))
            return enough && !Starved(state, evidence, options, required) ? VerdictReason.InBetween : VerdictReason.TooLittleTraffic;
        if (!(evidence.LogHarm < 0.5 * Math.Log(1 / options.FalseRollback)))
            return VerdictReason.SignOfHarm;
        if (!enough)
            return VerdictReason.TooLittleTraffic;
        if (options.Promote == PromoteWhen.AtEnd)
            return atEnd && input.Elapsed >= options.MinDuration ? null : VerdictReason.AwaitingEnd;
        return input.Elapsed >= options.MinDuration ? null : VerdictReason.MinDuration;
    }

    /// <summary>Whether for some required share the counts so far could not show even a canary safe that is exactly like stable.</summary>
    private static bool Starved(JudgeState state, Combination evidence, JudgeOptions options, List<int> required)
    {
        foreach (var i in required)
        {
            var measure = state.Measures[i];
            for (var r = 0; r < measure.Rates.Length; r++)
            {
                var rate = evidence.Plans[i]!.Rates[r];
                if (!rate.ShowSafe || measure.Rates[r].Safe.LogEvidence >= Math.Log(1 / options.FalsePromotion))
                    continue;
                double canary = Buckets.Total(measure.Canary), stable = Buckets.Total(measure.Stable), hits = Buckets.Above(measure.Stable, rate.Index);
                var share = (hits + 0.5) / (stable + 1);
                var absolute = options.Measures[i].MarginAbsolute;
                var like = RateStep.LikeStable(share, rate.SafeRatio, absolute);
                var best = RateEvidence.LogE(like, rate.SafeRatio, absolute, canary, canary * share, stable, hits);
                var dispersion = measure.Rates[r].Noise.Value(measure.PriorDispersion, SeqSettings.PriorIntervals);
                if ((best / dispersion) + Math.Log(SeqSettings.SafeRule.Weights[0]) < Math.Log(1 / options.FalsePromotion))
                    return true;
            }
        }

        return false;
    }
}
