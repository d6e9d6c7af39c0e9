using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Analysis.Judging;

/// <summary>
/// Compares canary and stable look by look (<c>seq/1</c>). Its evidence is valid at any number of looks: a canary within the tolerated line is rolled back
/// with a probability of at most <see cref="JudgeOptions.FalseRollback"/> over the whole run, and one on or beyond the harmful line is promoted with at most
/// <see cref="JudgeOptions.FalsePromotion"/>. Missing data never promotes and never rolls back.
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

        var taken = options.Measures
            .Select((m, i) => MeasureStep.Take(m, options.WeightOf(m), options, state.Measures[i], input.Measures[i], input.Elapsed))
            .ToImmutableArray();
        var next = state with { LastLook = input.Number, Measures = [.. taken.Select(t => t.State)] };
        var evidence = Combination.Of(next, options);
        next = next with { BestSafe = Math.Max(state.BestSafe, evidence.WeakestSafe) };

        var hasData = taken.Select(t => t.HasData).ToImmutableArray();
        var (verdict, reason) = DecisionRule.Decide(next, evidence, input, hasData, options);
        return new(next, verdict, Reporting.Report(next, evidence, input, hasData, options, verdict, reason));
    }
}
