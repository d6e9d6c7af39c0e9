namespace CanaryAnalyzer.Core.Expressions;

/// <param name="Least">The fewest arguments.</param>
/// <param name="Most">The most arguments.</param>
/// <param name="Run">What it gives; null for those that work by closures alone.</param>
/// <param name="ClosureAt">Which argument is evaluated for each element, counted from 0; -1: none.</param>
internal sealed record FunctionSignature(int Least, int Most, Func<EvaluationContext, object?[], object?>? Run, int ClosureAt = -1);
