using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>What the election logs; event ids 2300 to 2399.</summary>
internal static partial class Log
{
    [LoggerMessage(2300, LogLevel.Information, "Acquired leadership: Lease {Lease} is held by {Identity}, this process")]
    public static partial void Leading(ILogger logger, string lease, string identity);

    [LoggerMessage(2301, LogLevel.Information, "Leadership by Lease {Lease} has ended")]
    public static partial void NoLongerLeading(ILogger logger, string lease);

    [LoggerMessage(2302, LogLevel.Error, "The election by Lease {Lease} ended with an exception; will retry")]
    public static partial void ElectionFailed(ILogger logger, Exception exception, string lease);

    [LoggerMessage(2303, LogLevel.Warning, "The lease {Lease} couldn't be given back; it ends by itself")]
    public static partial void NotReleased(ILogger logger, Exception exception, string lease);

    [LoggerMessage(2304, LogLevel.Critical, "The leader's work ended with an exception")]
    public static partial void WorkFailed(ILogger logger, Exception exception);

    [LoggerMessage(2305, LogLevel.Information, "Seeking leadership by Lease {Lease} as {Identity}")]
    public static partial void Seeking(ILogger logger, string lease, string identity);

    [LoggerMessage(2306, LogLevel.Information, "Standing by: {Holder} leads since {Since:u} (Lease {Lease})")]
    public static partial void StandsBy(ILogger logger, string holder, DateTimeOffset? since, string lease);

    [LoggerMessage(2307, LogLevel.Error, "Not leading, nothing is reconciled here: {Failure}")]
    public static partial void Fails(ILogger logger, LeaseFailure failure);

    [LoggerMessage(2308, LogLevel.Warning, "Leadership ends {Deadline}s after the last renewal: {Failure}")]
    public static partial void NotRenewed(ILogger logger, LeaseFailure failure, double deadline);

    [LoggerMessage(2309, LogLevel.Warning, "Lost leadership: {Holder} has taken Lease {Lease}")]
    public static partial void Taken(ILogger logger, string lease, string holder);
}
