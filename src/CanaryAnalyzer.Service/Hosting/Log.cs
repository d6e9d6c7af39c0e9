namespace CanaryAnalyzer.Service.Hosting;

/// <summary>What starting and stopping logs; event ids 2100 to 2199.</summary>
internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Warning, "The leases of other controllers cannot be read: {Why}")]
    public static partial void LeasesUnreadable(ILogger logger, string why);

    [LoggerMessage(2101, LogLevel.Information, "canary-analyzer {Version} on {Server}: metrics at {Metrics}/metrics, health at {Health}/healthz")]
    public static partial void Started(ILogger logger, string version, Uri server, string metrics, string health);

    [LoggerMessage(2102, LogLevel.Information, "Caches synced, acquired leadership")]
    public static partial void Leading(ILogger logger);

    [LoggerMessage(2103, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(2104, LogLevel.Warning, "Not ready: {Kind} cannot be watched yet: {Why}")]
    public static partial void NotYetWatched(ILogger logger, string kind, string why);

    [LoggerMessage(2105, LogLevel.Information, "The parent process {Parent} has ended; so does this one")]
    public static partial void ParentEnded(ILogger logger, int parent);
}
