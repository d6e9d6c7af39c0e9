using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>One part of every decision: it reads the draft as the rules before it left it, and adds what it wants.</summary>
/// <param name="Name">Its name, as the documents list it.</param>
/// <param name="Purpose">What it does, in a line.</param>
/// <param name="Apply">Applies it.</param>
internal sealed record Rule(string Name, string Purpose, Action<DecisionDraft> Apply)
{
    /// <summary>Why it is at this place of its strategy's list; empty until it has a place.</summary>
    public string Place { get; private init; } = "";

    /// <summary>The rule in a place of a list.</summary>
    /// <param name="why">Why there: what must be known before, or who reads what it leaves.</param>
    public Rule Here(string why) => this with { Place = why };
}
