using System.Net;

namespace CanaryAnalyzer.Service.Options;

/// <summary>Checks the options before anything starts, and names all that is wrong.</summary>
internal static class ServiceOptionsValidator
{
    public static IReadOnlyList<string> Validate(ServiceOptions options)
    {
        var errors = new List<string>();
        if (options.Kubeconfig is { } file && !File.Exists(file)) errors.Add($"--kubeconfig: there is no file {file}");
        if (options.Prometheus is { } prometheus && !IsHttp(prometheus)) errors.Add($"--prometheus: expected an address such as http://prometheus:9090, got {prometheus}");
        if (options.Namespace is { Length: 0 }) errors.Add("--namespace: expected a name; leave the option out to work in all namespaces");
        if (!IPAddress.TryParse(options.Address, out _)) errors.Add($"--address: expected an IP address such as 127.0.0.1, got {options.Address}");
        if (options.InsecureApi && !(IPAddress.TryParse(options.Address, out var address) && IPAddress.IsLoopback(address)))
            errors.Add($"--insecure-api: only with --address 127.0.0.1 or ::1, got {options.Address}; leave it out, and send a token");
        Port(errors, "--metrics-port", options.MetricsPort);
        Port(errors, "--healthz-port", options.HealthPort);
        if (options.MetricsPort == options.HealthPort && options.MetricsPort != 0) errors.Add($"--metrics-port and --healthz-port are both {options.MetricsPort}: give each its own");
        Threads(errors, "--rollout-threads", options.RolloutThreads);
        Threads(errors, "--analysis-threads", options.AnalysisThreads);
        if (options.LogLevel is not ("debug" or "info" or "warn" or "error")) errors.Add($"--loglevel: expected debug, info, warn or error, got {options.LogLevel}");
        if (options.LogFormat is not ("text" or "json")) errors.Add($"--logformat: expected text or json, got {options.LogFormat}");
        return errors;
    }

    private static bool IsHttp(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static void Port(List<string> errors, string option, int port)
    {
        if (port is < 0 or > 65535) errors.Add($"{option}: expected a port between 0 and 65535, got {port}");
    }

    private static void Threads(List<string> errors, string option, int threads)
    {
        if (threads is < 1 or > 1000) errors.Add($"{option}: expected a number between 1 and 1000, got {threads}");
    }
}
