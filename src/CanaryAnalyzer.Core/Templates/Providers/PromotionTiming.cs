namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>When a comparison that has shown safety ends.</summary>
public enum PromotionTiming
{
    /// <summary>As soon as every required measure is shown safe and the minimal duration is over.</summary>
    WhenSafe,

    /// <summary>Only at the longest duration: the version soaks.</summary>
    AtEnd,
}
