namespace CanaryAnalyzer.Core.Gates;

/// <summary>An event that a gate emits.</summary>
/// <param name="Reason">Its reason, in one word.</param>
/// <param name="Message">Its message.</param>
/// <param name="IsWarning">Whether it is a warning.</param>
public sealed record GateEvent(string Reason, string Message, bool IsWarning = false)
{
    /// <summary>A gate waits for a user.</summary>
    public const string WaitingForHuman = "WaitingForHuman";

    /// <summary>A policy that only observes would act.</summary>
    public const string VerdictObserved = "VerdictObserved";

    /// <summary>A verdict promotes.</summary>
    public const string VerdictPromote = "VerdictPromote";

    /// <summary>A verdict rolls back, or asks a user for it.</summary>
    public const string VerdictRollback = "VerdictRollback";
}
