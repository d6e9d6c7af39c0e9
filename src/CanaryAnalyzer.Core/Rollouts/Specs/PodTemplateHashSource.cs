namespace CanaryAnalyzer.Core.Rollouts.Specs;

/// <summary>Which version's pod hash an argument takes.</summary>
public enum PodTemplateHashSource
{
    /// <summary>The stable version's.</summary>
    Stable,

    /// <summary>The new version's.</summary>
    Latest,
}
