namespace CanaryAnalyzer.Core.Rollouts.Statuses;

/// <summary>One condition of a Rollout.</summary>
/// <param name="Type">Its type; see <see cref="ConditionTypes"/>.</param>
/// <param name="Status"><c>True</c>, <c>False</c> or <c>Unknown</c>.</param>
/// <param name="Reason">Why, in one word.</param>
/// <param name="Message">Why, in a sentence.</param>
/// <param name="LastUpdateTime">When it was last written; for Progressing the clock of the progress deadline.</param>
/// <param name="LastTransitionTime">When its status last changed.</param>
public sealed record RolloutCondition(
    string Type, string Status, string Reason, string Message, DateTimeOffset LastUpdateTime, DateTimeOffset LastTransitionTime)
{
    /// <summary>Whether it holds.</summary>
    public bool IsTrue => Status == "True";
}
