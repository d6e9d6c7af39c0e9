using CanaryAnalyzer.Core.Analysis.Judging.Deciding;
using CanaryAnalyzer.Core.Analysis.Judging.Measures;
using CanaryAnalyzer.Core.Analysis.Judging.Reporting;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>
/// Compares canary and stable look by look, under the version of the judge with which the state began. Its evidence is valid at any number of looks: a canary
/// within the tolerated line is rolled back with a probability of at most <see cref="JudgeOptions.FalseRollback"/> over the whole run, and one on or beyond the
/// harmful line is promoted with at most <see cref="JudgeOptions.FalsePromotion"/>. Missing data never promotes and never rolls back.
/// </summary>
public static class SequentialJudge
{
    /// <summary>Takes one look.</summary>
    /// <param name="state">The state after the look before.</param>
    /// <param name="input">What this look sees.</param>
    /// <param name="options">How to judge: the same at every look of a run.</param>
    /// <exception cref="ArgumentException">There are not as many measures in the input, the options and the state.</exception>
    public static LookResult Look(JudgeState state, LookInput input, JudgeOptions options)
    {
        if (state.Measures.Length != options.Measures.Length || input.Measures.Length != options.Measures.Length)
            throw new ArgumentException("State, input and options must have the same measures.", nameof(input));

        var (planned, share) = state.Settings.PlansSafety ? state.Planned.Take(input, options, state.Settings) : (state.Planned, null);
        double? spendable = share is { } part ? options.FalsePromotion * state.Settings.Spendable(part) : null;
        var measures = new MeasureState[state.Measures.Length];
        var hasData = new bool[measures.Length];
        for (var i = 0; i < measures.Length; i++)
            (measures[i], hasData[i]) = state.Measures[i].Take(input.Measures[i], input.Elapsed, spendable);
        var taken = state with { LastLook = input.Number, Planned = planned, Measures = measures };
        var evidence = Combination.Of(taken, options);
        var next = taken with { BestSafe = Math.Max(state.BestSafe, evidence.WeakestSafe), BestHarm = Math.Max(state.BestHarm, evidence.LogHarm) };
        var (verdict, reason) = DecisionRule.Decide(next, evidence, input, hasData, options);
        return new(next, verdict, LookReporting.Report(next, evidence, input, hasData, options, verdict, reason));
    }
}
