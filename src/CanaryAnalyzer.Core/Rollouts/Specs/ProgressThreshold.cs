namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>When a scaled canary counts as ready: all of its pods, a share of them, or a number.</summary>
/// <param name="Percent">The share that must be available; null where it is a number.</param>
/// <param name="Pods">The number that must be available; null where it is a share.</param>
public sealed record ProgressThreshold(int? Percent, int? Pods)
{
    /// <summary>Every pod must be available.</summary>
    public static ProgressThreshold All { get; } = new(null, null);

    /// <summary>Whether a ReplicaSet that should have <paramref name="desired"/> pods has enough of them available.</summary>
    public bool IsMet(int desired, int created, int available) => this switch
    {
        { Percent: { } percent } => desired == 0 || 100L * available >= (long)percent * desired,
        { Pods: { } pods } => available >= Math.Min(pods, desired),
        _ => created == desired && available >= desired,
    };
}
