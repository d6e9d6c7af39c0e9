namespace CanaryAnalyzer.Kubernetes.Events;

/// <summary>The two types that Kubernetes has for events.</summary>
public enum EventType
{
    /// <summary>For information.</summary>
    Normal,

    /// <summary>Something that should not be.</summary>
    Warning,
}
