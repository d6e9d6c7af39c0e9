using System.Net;
using System.Net.Sockets;
using CanaryAnalyzer.Service.Options;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>Looks whether the ports are free before anything starts, so that one clear line says which is not.</summary>
internal static class Ports
{
    /// <summary>What stands in the way; null where nothing does.</summary>
    public static string? InUse(ServiceOptions options)
    {
        foreach (var (option, port) in ((string, int)[])[("--metrics-port", options.MetricsPort), ("--healthz-port", options.HealthPort)])
        {
            if (port == 0) continue;
            try
            {
                using var listener = new TcpListener(IPAddress.Parse(options.Address), port);
                listener.Start();
            }
            catch (SocketException exception)
            {
                return $"port {port} on {options.Address} cannot be opened ({exception.SocketErrorCode}); name another with {option}";
            }
        }

        return null;
    }
}
