using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CanaryAnalyzer.Kubernetes.Api.Schemas;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Policies;

/// <summary>What is judged at a pause, and what follows.</summary>
public sealed class PromotionPolicySpec
{
    /// <summary>Selects Rollouts of the policy's namespace.</summary>
    public required LabelSelector Selector { get; set; }

    /// <summary>Enforce acts; Observe only says what it would have done, and the pause waits for a human.</summary>
    [AllowedValues("Enforce", "Observe")]
    [DefaultValue("Enforce")]
    public string? Mode { get; set; }

    /// <summary>Holds promotions; aborts go on.</summary>
    [DefaultValue(false)]
    public bool? Suspend { get; set; }

    /// <summary>The templates, combined into one AnalysisRun.</summary>
    [MinLength(1)]
    public required List<AnalysisTemplateReference> Templates { get; set; }

    /// <summary>Values for the templates' arguments.</summary>
    public List<Argument>? Args { get; set; }

    /// <summary>Metrics that are measured without deciding anything.</summary>
    public List<DryRun>? DryRun { get; set; }

    /// <summary>How long a pause without a duration is judged.</summary>
    [Shape(ValueShape.PositiveDuration, TakesArguments = false)]
    [DefaultValue("30m")]
    public string? MaxDuration { get; set; }

    /// <summary>What follows when the run succeeds.</summary>
    [AllowedValues("Promote", "Wait")]
    [DefaultValue("Promote")]
    public string? OnSuccessful { get; set; }

    /// <summary>What follows when the run fails.</summary>
    [AllowedValues("Abort", "Wait")]
    [DefaultValue("Abort")]
    public string? OnFailed { get; set; }

    /// <summary>What follows when nothing is decided, for all reasons or for each, such as {tooLittleTraffic: Promote, noData: Wait}; Wait if absent.</summary>
    [AllowedValues("Wait", "Abort")]
    [OrObject(typeof(InconclusiveActions))]
    public JsonElement? OnInconclusive { get; set; }

    /// <summary>The largest ratio that may go unseen where onInconclusive promotes on tooLittleTraffic; required there.</summary>
    [Shape(ValueShape.Number, Minimum = 1, ExclusiveMinimum = true, TakesArguments = false, Example = "5")]
    public NumberOrText? AcceptUndetected { get; set; }

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
}
