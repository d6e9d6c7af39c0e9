namespace CanaryAnalyzer.Core.Policies;

/// <summary>Why a judged pause is undecided; the keys of a policy's <c>onInconclusive</c> map.</summary>
public enum UndecidedReason
{
    /// <summary>No look had data of both sides.</summary>
    NoData,

    /// <summary>There were too few requests to tell.</summary>
    TooLittleTraffic,

    /// <summary>Prometheus could not be asked.</summary>
    QueryError,

    /// <summary>The traffic is not split as the weights say.</summary>
    TrafficShare,

    /// <summary>Worse than tolerated and not as bad as harmful, or not shown to be either.</summary>
    InBetween,
}
