using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CanaryAnalyzer.Core.Templates.Providers;

namespace CanaryAnalyzer.Metrics.History;

/// <summary>What an answer in the cache is the answer to.</summary>
/// <param name="Address">The Prometheus, without credentials.</param>
/// <param name="Query">The query, its range included.</param>
/// <param name="At">The instant that it was evaluated at.</param>
internal sealed record HistoryKey(string Address, string Query, DateTimeOffset At)
{
    /// <summary>Whose data they are, as a hash of what may name a tenant; empty where nothing does.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The key of a question to a connection: by its headers and its user a store of several tenants gives each its own answer.</summary>
    public static HistoryKey Of(PrometheusConnection connection, string query, DateTimeOffset at)
    {
        var headers = connection.Headers.Select(header => $"{header.Key.ToLowerInvariant()}: {header.Value}").Order(StringComparer.Ordinal);
        var user = connection.BasicAuth?.Username ?? connection.Address?.UserInfo.Split(':')[0] ?? "";
        var tenant = string.Join('\n', user.Length > 0 ? headers.Prepend(user) : headers);
        var address = connection.Address?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.SafeUnescaped) ?? "";
        return new HistoryKey(address, query, at) { Tenant = tenant.Length > 0 ? Hash(tenant) : "" };
    }

    /// <summary>The key as text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}\n{Query}\n{At.ToUnixTimeMilliseconds()}{(Tenant.Length > 0 ? "\n" : "")}{Tenant}");

    /// <summary>The key as the name of a file.</summary>
    public string FileName() => Hash(ToString())[..40] + ".samples";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
