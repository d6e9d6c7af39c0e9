namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>A number of pods, or a share of them.</summary>
/// <param name="Value">The number, or the share in percent.</param>
/// <param name="IsShare">Whether it is a share.</param>
public readonly record struct CountOrShare(int Value, bool IsShare)
{
    /// <summary>A share in percent.</summary>
    public static CountOrShare OfShare(int percent) => new(percent, true);

    /// <summary>A number of pods.</summary>
    public static CountOrShare OfCount(int count) => new(count, false);

    /// <summary>How many of <paramref name="total"/> pods that is; a share is rounded down.</summary>
    public int Floor(int total) => IsShare ? (int)((long)Value * total / 100) : Value;
}
