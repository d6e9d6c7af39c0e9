namespace CanaryAnalyzer.Core.Policies;

/// <summary>Whether a PromotionPolicy acts.</summary>
public enum PolicyMode
{
    /// <summary>It promotes and aborts.</summary>
    Enforce,

    /// <summary>It judges, says what it would have done, and leaves the pause as it is without a policy.</summary>
    Observe,
}
