namespace CanaryAnalyzer.Core.Effects;

/// <summary>What becomes of a ReplicaSet's scale-down date.</summary>
/// <param name="IsChange">Whether anything is written.</param>
/// <param name="Deadline">The new date; null removes it.</param>
public readonly record struct DeadlineChange(bool IsChange, DateTimeOffset? Deadline)
{
    /// <summary>It stays as it is.</summary>
    public static DeadlineChange Keep => default;

    /// <summary>It is removed.</summary>
    public static DeadlineChange Clear => new(true, null);

    /// <summary>It is set.</summary>
    public static DeadlineChange To(DateTimeOffset deadline) => new(true, deadline);
}
