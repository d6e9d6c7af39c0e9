using CanaryAnalyzer.Service.Options;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>How logs are written: a line each, or JSON for machines.</summary>
internal static class Logs
{
    public static void Configure(ILoggingBuilder logging, ServiceOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.LogLevel switch
        {
            "debug" => LogLevel.Debug,
            "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => LogLevel.Information,
        });
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Quartz", LogLevel.Warning);
        const string instant = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        if (options.LogFormat == "json")
        {
            logging.AddJsonConsole(o =>
            {
                o.TimestampFormat = instant;
                o.UseUtcTimestamp = true;
            });
            return;
        }

        logging.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.TimestampFormat = instant;
            o.UseUtcTimestamp = true;
        });
    }
}
