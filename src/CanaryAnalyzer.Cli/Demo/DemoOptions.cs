namespace CanaryAnalyzer.Cli.Demo;

/// <summary>How the demo runs. Ports are on 127.0.0.1; 0 takes a free one.</summary>
internal sealed record DemoOptions
{
    /// <summary>The folder with images, manifests and CRDs: the checkout's <c>deploy</c>.</summary>
    public string? Files { get; init; }

    /// <summary>The Prometheus binary.</summary>
    public string? Prometheus { get; init; }

    /// <summary>Ends when both versions are delivered, with exit code 0 only if both verdicts are right.</summary>
    public bool Exit { get; init; }

    /// <summary>Makes 1.23.2 the bad version and 1.23.3 the good one.</summary>
    public bool Swap { get; init; }

    public int ApiPort { get; init; }

    public int GatewayPort { get; init; }

    public int PrometheusPort { get; init; }

    /// <summary>Requests a second through the gateway.</summary>
    public int Rate { get; init; } = 400;

    /// <summary>After this the demo gives up.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(8);
}
