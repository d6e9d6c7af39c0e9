using System.Globalization;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>What an evaluation knows and how much it may still do.</summary>
internal sealed class EvaluationContext(DateTimeOffset now)
{
    public const int MostSteps = 100_000;
    public const int MostProduced = 100_000;

    private int _steps;
    private int _produced;

    /// <summary>The instant that <c>now()</c> gives.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Where the part that is being evaluated begins.</summary>
    public int At { get; set; }

    /// <summary>One more step, or as many as something costs.</summary>
    public void Step(int count = 1)
    {
        _steps += count;
        if (_steps > MostSteps) throw Fail(string.Create(CultureInfo.InvariantCulture, $"the expression takes more than {MostSteps} steps"));
    }

    /// <summary>Elements of lists, or letters of texts, about to be made.</summary>
    public void Produce(long count)
    {
        if (count > MostProduced - _produced)
            throw Fail(string.Create(CultureInfo.InvariantCulture, $"the expression makes more than {MostProduced} elements and letters"));
        _produced += (int)count;
    }

    public ExpressionException Fail(string message) => new(At, message);
}
