namespace CanaryAnalyzer.Core.Rollouts.Commands;

/// <summary>What a user's command comes to on a Rollout as it is.</summary>
/// <param name="Message">What to tell the user, once it is done where there is something to do.</param>
public abstract record CommandOutcome(string Message)
{
    /// <summary>Changes the Rollout.</summary>
    /// <param name="Intent">What the user saw and meant. If the Rollout changes before the write, the command may be repeated only while this is the same.</param>
    /// <param name="Status">What to change in the status; null for nothing.</param>
    /// <param name="Paused">What <c>spec.paused</c> is to be; null to leave it.</param>
    /// <param name="Message">What to tell the user once it is done.</param>
    public sealed record Change(string Intent, StatusEdit? Status, bool? Paused, string Message) : CommandOutcome(Message);

    /// <summary>Has nothing to change: the Rollout is in the wanted state already, or will be without more.</summary>
    /// <param name="Intent">As for <see cref="Change"/>.</param>
    /// <param name="Message">Why.</param>
    public sealed record Nothing(string Intent, string Message) : CommandOutcome(Message);

    /// <summary>Must not be done on the Rollout as it is.</summary>
    /// <param name="Message">Why, and what to do.</param>
    public sealed record Refused(string Message) : CommandOutcome(Message);
}
