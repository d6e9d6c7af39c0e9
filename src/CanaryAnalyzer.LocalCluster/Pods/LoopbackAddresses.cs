using System.Net;
using System.Net.Sockets;

namespace CanaryAnalyzer.LocalCluster.Pods;

/// <summary>Finds an address on which a pod can listen: one of its own in 127.64.0.0/16, or 127.0.0.1 with a free port.</summary>
internal sealed class LoopbackAddresses
{
    private const int Attempts = 50;
    private const int Addresses = 1 << 16;

    // Another cluster on this machine draws from the same addresses: begin somewhere else.
    private int _next = Random.Shared.Next(Addresses);

    public IPEndPoint Take(int port)
    {
        for (var i = 0; i < Attempts; i++)
        {
            var number = Interlocked.Increment(ref _next) % Addresses;
            if (number % 256 is 0 or 255)
                continue;
            var candidate = new IPEndPoint(new IPAddress([127, 64, (byte)(number / 256), (byte)(number % 256)]), port);
            switch (Try(candidate))
            {
                case SocketError.Success:
                    return candidate;
                case SocketError.AccessDenied or SocketError.AddressNotAvailable:
                    return new IPEndPoint(IPAddress.Loopback, 0);
            }
        }

        return new IPEndPoint(IPAddress.Loopback, 0);
    }

    private static SocketError Try(IPEndPoint endpoint)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }
}
