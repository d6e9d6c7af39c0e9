using System.Collections.Immutable;
using CanaryAnalyzer.Core.Analysis.Judging.Deciding;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;

namespace CanaryAnalyzer.Core.Analysis.Judging.Reporting;

/// <summary>Puts a look into numbers.</summary>
internal static class LookReporting
{
    /// <summary>The report of a look.</summary>
    public static LookReport Report(
        JudgeState state, Combination evidence, LookInput input, ReadOnlySpan<bool> hasData, JudgeOptions options, JudgeVerdict verdict, VerdictReason reason)
    {
        var measures = ImmutableArray.CreateBuilder<MeasureReport>(state.Measures.Length);
        for (var i = 0; i < state.Measures.Length; i++)
        {
            var look = new MeasureLook(options, input.Elapsed, hasData[i], hasData[i] ? DataAbsence.None : input.AbsenceOf(i));
            measures.Add(state.Measures[i].Report(look));
        }

        var logThreshold = Math.Log(1 / options.FalseRollback);
        return new()
        {
            Version = state.Version,
            Look = input.Number,
            Elapsed = input.Elapsed,
            Verdict = verdict,
            Reason = reason,
            LogEvidence = evidence.LogHarm,
            LogThreshold = logThreshold,
            LogSafeThreshold = Math.Log(1 / options.FalsePromotion),
            Culprits = verdict == JudgeVerdict.Rollback ? Culprits(evidence, options) : [],
            Measures = measures.MoveToImmutable(),
            CanaryRequests = DecisionRule.CanaryRequests(state, options),
            MinRequests = options.MinRequests,
            MinDuration = options.MinDuration,
            MaxDuration = options.MaxDuration,
            LastPlannedLook = state.Planned.Last > TimeSpan.Zero ? state.Planned.Last : null,
            NextPlannedLook = state.Planned.Next(options, state.Settings) is { } next ? TimeSpan.FromSeconds(Math.Ceiling(next.TotalSeconds - 1e-6)) : null,
            BudgetSpent = Math.Min(1, Math.Exp(state.BestHarm - logThreshold)),
        };
    }

    // The e-value analogue of Benjamini and Hochberg's procedure, at the level of a false rollback; the worst part at least.
    private static ImmutableArray<string> Culprits(Combination evidence, JudgeOptions options)
    {
        var parts = evidence.Parts.OrderByDescending(part => part.Log).ToList();
        var count = 1;
        for (var k = 1; k <= parts.Count; k++)
        {
            if (parts[k - 1].Log >= Math.Log(1 / (options.FalseRollback * k)))
                count = k;
        }

        return [.. parts.Take(count).Select(p => options.Measures[p.Measure].Name).Distinct(StringComparer.Ordinal)];
    }
}
