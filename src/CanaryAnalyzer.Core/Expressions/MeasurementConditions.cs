using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>What makes a measurement a success or a failure.</summary>
/// <param name="Success">The success condition; null where there is none.</param>
/// <param name="Failure">The failure condition; null where there is none.</param>
public sealed record MeasurementConditions(Expression? Success, Expression? Failure)
{
    /// <summary>No conditions: every answer is a success.</summary>
    public static MeasurementConditions None { get; } = new(null, null);

    /// <summary>Judges what a provider answered.</summary>
    /// <param name="result">The answer: a number, a list of numbers, null where the provider has no data.</param>
    /// <param name="now">The instant of the measurement.</param>
    /// <returns>
    /// Without conditions Successful; with one of them, what it says; with both, Failed where the failure condition holds, Successful where only the other does, else
    /// Inconclusive. Where a condition can't be evaluated: Error, and why.
    /// </returns>
    public (AnalysisPhase Phase, string Message) Judge(object? result, DateTimeOffset now)
    {
        if (!Holds(Success, "successCondition", result, now, out var success, out var message)
            || !Holds(Failure, "failureCondition", result, now, out var failure, out message))
        {
            return (AnalysisPhase.Error, message);
        }

        var phase = (success, failure) switch
        {
            (_, true) => AnalysisPhase.Failed,
            (true, _) => AnalysisPhase.Successful,
            (null, false) => AnalysisPhase.Successful,
            (false, null) => AnalysisPhase.Failed,
            (null, null) => AnalysisPhase.Successful,
            _ => AnalysisPhase.Inconclusive,
        };
        return (phase, "");
    }

    private static bool Holds(Expression? condition, string name, object? result, DateTimeOffset now, out bool? holds, out string message)
    {
        holds = null;
        message = "";
        if (condition is null) return true;
        if (condition.TryJudge(result, now, out var truth, out var error))
        {
            holds = truth;
            return true;
        }

        var isEmpty = result is null or System.Collections.ICollection { Count: 0 };
        message = isEmpty ? "metric result is nil or empty: no data returned from the metric provider" : $"{name}: {error}";
        return false;
    }
}
