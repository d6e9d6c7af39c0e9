namespace CanaryAnalyzer.Core.Analysis.Judging.Deciding;

/// <summary>From evidence to a verdict and its reason.</summary>
internal static class DecisionRule
{
    /// <summary>The verdict at a look.</summary>
    /// <param name="state">The state after the look.</param>
    /// <param name="evidence">Its evidence.</param>
    /// <param name="input">What the look saw.</param>
    /// <param name="hasData">For each measure whether the look had data.</param>
    /// <param name="options">How to judge.</param>
    public static (JudgeVerdict Verdict, VerdictReason Reason) Decide(JudgeState state, Combination evidence, LookInput input, ReadOnlySpan<bool> hasData, JudgeOptions options)
    {
        if (evidence.LogHarm >= Math.Log(1 / options.FalseRollback))
            return (JudgeVerdict.Rollback, VerdictReason.HarmShown);

        var atEnd = input.IsDeadline || input.Elapsed >= options.MaxDuration;
        var reason = WhyNoData(input, hasData, options) ?? WhyNotYet(state, options) ?? WhyNotPromote(state, evidence, input, options, atEnd);
        if (reason is null)
            return (JudgeVerdict.Promote, VerdictReason.Safe);
        return (atEnd ? JudgeVerdict.Inconclusive : JudgeVerdict.Continue, reason.Value);
    }

    private static VerdictReason? WhyNoData(LookInput input, ReadOnlySpan<bool> hasData, JudgeOptions options)
    {
        var (isMissing, worst) = (!hasData.Contains(true), DataAbsence.None);
        for (var i = 0; i < hasData.Length; i++)
        {
            if (hasData[i] || !(options.Measures[i].EffectiveRequired || !hasData.Contains(true)))
                continue;
            isMissing = true;
            worst = (DataAbsence)Math.Max((int)worst, (int)input.AbsenceOf(i));
        }

        if (!isMissing)
            return null;
        return worst switch
        {
            DataAbsence.QueryError => VerdictReason.QueryError,
            DataAbsence.MissingSeries => VerdictReason.MissingSeries,
            DataAbsence.Stale => VerdictReason.Stale,
            _ => VerdictReason.NoData,
        };
    }

    private static VerdictReason? WhyNotYet(JudgeState state, JudgeOptions options)
    {
        VerdictReason? reason = null;
        for (var i = 0; i < state.Measures.Length; i++)
        {
            var measure = state.Measures[i];
            if (measure.ForbidsPromotion)
                return VerdictReason.TrafficShare;
            if (options.Measures[i].EffectiveRequired && measure.IsTooCoarse)
                reason = VerdictReason.BucketsTooCoarse;
            else if (options.Measures[i].EffectiveRequired && measure.IsUnknown)
                reason ??= VerdictReason.WarmingUp;
        }

        return reason ?? (state.IsWorseOnBothSides ? VerdictReason.BothWorse : null);
    }

    private static VerdictReason? WhyNotPromote(JudgeState state, Combination evidence, LookInput input, JudgeOptions options, bool atEnd)
    {
        // Safety that waited for the end may have been shown at any look before; harm and traffic are judged now.
        var planned = state.Settings.PlansSafety;
        var shown = options.Promote == PromoteWhen.AtEnd && !planned ? state.BestSafe : evidence.WeakestSafe;
        var enough = CanaryRequests(state, options) >= options.MinRequests;
        if (!(shown >= Math.Log(1 / options.FalsePromotion)))
        {
            if (!enough || IsStarved(state, options, input.Elapsed))
                return VerdictReason.TooLittleTraffic;
            if (planned && state.Planned.Last == TimeSpan.Zero && options.MaxDuration is not null)
                return options.Promote == PromoteWhen.AtEnd ? VerdictReason.AwaitingEnd : VerdictReason.MinDuration;
            return VerdictReason.InBetween;
        }

        if (!(evidence.LogHarm < 0.5 * Math.Log(1 / options.FalseRollback)))
            return VerdictReason.SignOfHarm;
        if (!enough)
            return VerdictReason.TooLittleTraffic;
        if (options.Promote == PromoteWhen.AtEnd)
            return atEnd && input.Elapsed >= options.MinDuration ? null : VerdictReason.AwaitingEnd;
        return input.Elapsed >= options.MinDuration ? null : VerdictReason.MinDuration;
    }

    /// <summary>Canary requests of the required measure that has the fewest; without required measures as many as there can be.</summary>
    public static long CanaryRequests(JudgeState state, JudgeOptions options)
    {
        var fewest = long.MaxValue;
        for (var i = 0; i < state.Measures.Length; i++)
        {
            if (options.Measures[i].EffectiveRequired)
                fewest = Math.Min(fewest, state.Measures[i].CanaryRequests);
        }

        return fewest;
    }

    private static bool IsStarved(JudgeState state, JudgeOptions options, TimeSpan elapsed)
    {
        for (var i = 0; i < state.Measures.Length; i++)
        {
            if (options.Measures[i].EffectiveRequired && state.Measures[i].IsStarved(options, elapsed))
                return true;
        }

        return false;
    }
}
