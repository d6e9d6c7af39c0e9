using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Cli.Changing;

/// <summary>What to write to a Rollout for what a person wants of it.</summary>
/// <param name="Intent">
/// What the person saw and meant. If the Rollout changed before the write, the write is made again only while this is still the same.
/// </param>
/// <param name="Done">What to say afterwards.</param>
internal sealed record RolloutChange(string Intent, string Done)
{
    /// <summary>A merge patch of the status; null if there is nothing to change in it.</summary>
    public JsonObject? Status { get; init; }

    /// <summary>A merge patch of the spec; null if there is nothing to change in it.</summary>
    public JsonObject? Spec { get; init; }

    /// <summary>Nothing to write.</summary>
    public bool IsEmpty => Status is null && Spec is null;
}
