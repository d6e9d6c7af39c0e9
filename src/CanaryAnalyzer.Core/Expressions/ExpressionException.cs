namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Leaves the parser or the evaluator; never leaves <see cref="Expression"/>.</summary>
internal sealed class ExpressionException(int at, string message) : Exception(message)
{
    public ExpressionError Error { get; } = new(at + 1, message);
}
