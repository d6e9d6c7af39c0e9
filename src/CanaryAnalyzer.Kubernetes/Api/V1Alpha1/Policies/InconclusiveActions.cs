using System.ComponentModel.DataAnnotations;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Policies;

/// <summary>What follows when nothing is decided, by reason; Wait where absent.</summary>
public sealed class InconclusiveActions
{
    /// <summary>There were too few requests to tell.</summary>
    [AllowedValues("Wait", "Abort", "Promote")]
    public string? TooLittleTraffic { get; set; }

    /// <summary>There were no samples.</summary>
    [AllowedValues("Wait", "Abort")]
    public string? NoData { get; set; }

    /// <summary>The queries failed.</summary>
    [AllowedValues("Wait", "Abort")]
    public string? QueryError { get; set; }

    /// <summary>The canary's share of the requests is not what its weight says.</summary>
    [AllowedValues("Wait", "Abort", "Promote")]
    public string? TrafficShare { get; set; }

    /// <summary>The canary is neither shown to be safe nor to be harmful.</summary>
    [AllowedValues("Wait", "Abort", "Promote")]
    public string? InBetween { get; set; }
}
