using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Templates.Providers;

/// <summary>Where a Prometheus is and how to speak to it. Equal connections share one client.</summary>
public sealed record PrometheusConnection
{
    /// <summary>How long a query may take where nothing is said.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Base address (http or https); null means the controller's own <c>--prometheus</c>.</summary>
    public Uri? Address { get; init; }

    /// <summary>How long one query may take; above zero.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>Whether a server certificate that can't be verified is accepted.</summary>
    public bool Insecure { get; init; }

    /// <summary>Headers that go with each request.</summary>
    public ImmutableArray<HttpHeader> Headers { get; init; } = [];

    /// <summary>Basic authentication; null means none.</summary>
    public BasicCredentials? BasicAuth { get; init; }

    /// <inheritdoc/>
    public bool Equals(PrometheusConnection? other) =>
        other is not null && Address == other.Address && Timeout == other.Timeout && Insecure == other.Insecure
        && BasicAuth == other.BasicAuth && Headers.AsSpan().SequenceEqual(other.Headers.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address, Timeout, Insecure, BasicAuth, Headers.Length);
}
