using System.Net.Http.Headers;
using System.Text;
using CanaryAnalyzer.Core.Templates.Providers;
using Refit;

namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>One HTTP client for each connection that metrics name; a client that was not asked for a while is disposed.</summary>
internal sealed class PrometheusClients(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<PrometheusConnection, Client> _clients = [];
    private bool _disposed;

    /// <summary>How many clients are open.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _clients.Count;
        }
    }

    /// <summary>Lends the client of a connection; it stays open at least until the lease ends.</summary>
    public Lease Rent(PrometheusConnection connection, Uri address)
    {
        // The default address is not part of what a metric says, but of what its client is.
        var key = connection with { Address = address };
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_clients.TryGetValue(key, out var client)) _clients[key] = client = Open(key, address);
            client.Leases++;
            DisposeIdle();
            return new Lease(this, client);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var client in _clients.Values) client.Http.Dispose();
            _clients.Clear();
        }
    }

    private static Client Open(PrometheusConnection connection, Uri address)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = System.Net.DecompressionMethods.GZip,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectTimeout = connection.Timeout,
        };
#pragma warning disable CA5359 // Asked for by the metric's own `insecure: true`.
        if (connection.Insecure) handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359

        // The time limit is a token of each request, so that it follows the clock of the process and can be told from a caller's cancellation.
        var http = new HttpClient(handler) { BaseAddress = new UriBuilder(address) { UserName = "", Password = "" }.Uri, Timeout = Timeout.InfiniteTimeSpan };
        if (Credentials(connection, address) is { } credentials)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        foreach (var header in connection.Headers)
        {
            http.DefaultRequestHeaders.Remove(header.Key);
            http.DefaultRequestHeaders.TryAddWithoutValidation(header.Key, header.Value);
        }

        return new Client(http, RestService.For<IPrometheusApi>(http));
    }

    private static string? Credentials(PrometheusConnection connection, Uri address)
    {
        if (connection.BasicAuth is { } basic) return $"{basic.Username}:{basic.Password}";
        return address.UserInfo.Length > 0 ? Uri.UnescapeDataString(address.UserInfo) : null;
    }

    private void Return(Client client)
    {
        lock (_lock)
        {
            client.Leases--;
            client.UsedAt = time.GetUtcNow();
        }
    }

    private void DisposeIdle()
    {
        var now = time.GetUtcNow();
        foreach (var (key, client) in _clients.Where(entry => entry.Value.Leases == 0 && now - entry.Value.UsedAt > Idle).ToList())
        {
            client.Http.Dispose();
            _clients.Remove(key);
        }
    }

    /// <summary>A client on loan.</summary>
    internal readonly struct Lease(PrometheusClients owner, Client client) : IDisposable
    {
        public IPrometheusApi Api => client.Api;

        /// <summary>What the server taught the client.</summary>
        public ServerManners Manners => client.Manners;

        public void Dispose() => owner.Return(client);
    }

    internal sealed class Client(HttpClient http, IPrometheusApi api)
    {
        public HttpClient Http { get; } = http;

        public IPrometheusApi Api { get; } = api;

        public ServerManners Manners { get; } = new();

        public int Leases { get; set; }

        public DateTimeOffset UsedAt { get; set; }
    }
}
