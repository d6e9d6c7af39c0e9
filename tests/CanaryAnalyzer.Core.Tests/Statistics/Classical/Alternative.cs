namespace CanaryAnalyzer.Core.Tests.Statistics.Classical;

/// <summary>What a test looks for beside "both samples are alike".</summary>
internal enum Alternative
{
    /// <summary>Any difference.</summary>
    TwoSided,

    /// <summary>The first sample tends to be larger.</summary>
    Greater,

    /// <summary>The first sample tends to be smaller.</summary>
    Less,
}
