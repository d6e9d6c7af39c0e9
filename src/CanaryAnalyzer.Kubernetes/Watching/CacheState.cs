namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>What a cache knows.</summary>
public enum CacheState
{
    /// <summary>Nothing yet.</summary>
    Starting,

    /// <summary>All objects of its kind.</summary>
    Synced,

    /// <summary>That its kind isn't installed, so that there are no objects. It looks again from time to time.</summary>
    Absent,
}
