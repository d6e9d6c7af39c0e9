namespace CanaryAnalyzer.LocalCluster.Objects;

/// <summary>How a removal is meant.</summary>
internal sealed record DeleteOptions
{
    public const string Foreground = "foregroundDeletion";
    public const string OrphanFinalizer = "orphan";

    /// <summary><c>Background</c>, <c>Foreground</c> or <c>Orphan</c>.</summary>
    public string Propagation { get; init; } = "Background";

    public long? GracePeriodSeconds { get; init; }

    public string? Uid { get; init; }

    public string? ResourceVersion { get; init; }

    public bool DryRun { get; init; }
}
