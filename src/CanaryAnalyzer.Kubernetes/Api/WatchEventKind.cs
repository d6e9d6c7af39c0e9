namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>What a <see cref="WatchEvent"/> tells.</summary>
public enum WatchEventKind
{
    /// <summary>An object appeared.</summary>
    Added,

    /// <summary>An object changed.</summary>
    Modified,

    /// <summary>An object is gone; the event has its last state.</summary>
    Deleted,

    /// <summary>Nothing changed up to the version that the event has.</summary>
    Bookmark,

    /// <summary>The version asked for is too old (410): list again. Always the last event of a watch.</summary>
    Expired,
}
