namespace CanaryAnalyzer.Core.Gates;

/// <summary>Why no policy can act at a pause.</summary>
/// <param name="Reason"><see cref="Conflict"/> or <see cref="Invalid"/>; the type of the condition and the reason of the event.</param>
/// <param name="Message">The sentence that names them.</param>
public sealed record GateProblem(string Reason, string Message)
{
    /// <summary>More than one policy selects the update.</summary>
    public const string Conflict = "PromotionPolicyConflict";

    /// <summary>The policy, or a template that it names, cannot be used.</summary>
    public const string Invalid = "PromotionPolicyInvalid";
}
