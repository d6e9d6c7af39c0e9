namespace CanaryAnalyzer.Kubernetes.Routing;

/// <summary>One thing that a check of a route's surroundings found.</summary>
/// <param name="State">How bad it is.</param>
/// <param name="Text">What was found.</param>
/// <param name="Remedy">What to do about it; empty where nothing.</param>
public sealed record RouterFinding(RouterFinding.Severity State, string Text, string Remedy = "")
{
    /// <summary>How bad a finding is.</summary>
    public enum Severity
    {
        /// <summary>As it should be.</summary>
        Ok,

        /// <summary>It may be wrong.</summary>
        Warning,

        /// <summary>Traffic does not reach the versions.</summary>
        Bad,
    }
}
