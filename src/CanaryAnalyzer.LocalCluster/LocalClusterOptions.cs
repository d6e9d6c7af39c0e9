using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CanaryAnalyzer.LocalCluster;

/// <summary>How a local cluster is to be started. Every port is on 127.0.0.1; 0 takes a free one.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>The port of the Kubernetes API (HTTPS).</summary>
    public int ApiPort { get; init; }

    /// <summary>The port of the gateway and of <c>/-/targets</c> (HTTP).</summary>
    public int GatewayPort { get; init; }

    /// <summary>Where the kubeconfig is written, readable by its owner only; by default into a new temporary folder, removed at the end.</summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>The file that maps images to the behaviour of their pods; without one no image is known, and no pod becomes ready.</summary>
    public string? ImagesFile { get; init; }

    /// <summary>Manifests (files, or folders of <c>*.yaml</c>) applied before the start is complete: CustomResourceDefinitions, as a rule.</summary>
    public IReadOnlyList<string> Manifests { get; init; } = [];

    /// <summary>How many changes are kept for watches that resume; an older resourceVersion is answered with 410.</summary>
    public int History { get; init; } = 5_000;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where errors of the cluster itself are logged.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;
}
