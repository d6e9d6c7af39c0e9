using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CanaryAnalyzer.Metrics.History;

/// <summary>What an answer in the cache is the answer to.</summary>
/// <param name="Address">The Prometheus, without credentials.</param>
/// <param name="Query">The query, its range included.</param>
/// <param name="At">The instant that it was evaluated at.</param>
internal sealed record HistoryKey(string Address, string Query, DateTimeOffset At)
{
    /// <summary>The key as text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}\n{Query}\n{At.ToUnixTimeMilliseconds()}");

    /// <summary>The key as the name of a file.</summary>
    public string FileName() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToString())))[..40] + ".samples";
}
