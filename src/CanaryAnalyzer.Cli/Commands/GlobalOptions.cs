using System.CommandLine;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary>The options of every command that speaks to a cluster.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Namespace { get; } = new("--namespace", "-n") { Description = "Namespace; default: the context's", Recursive = true };

    public Option<string?> Kubeconfig { get; } = new("--kubeconfig") { Description = "Path of the kubeconfig file", Recursive = true };

    public Option<string?> Context { get; } = new("--context") { Description = "Context of the kubeconfig; default: its current one", Recursive = true };

    /// <summary>Whether the commands speak with the cluster and with nothing else.</summary>
    public bool IsClusterOnlyPeer { get; init; }

    /// <summary>Connects to the cluster that the options name.</summary>
    public Cluster Connect(ParseResult parsed, CliHost host)
    {
        var options = new ClusterOptions
        {
            Kubeconfig = parsed.GetValue(Kubeconfig),
            Context = parsed.GetValue(Context),
            UserAgent = CallName.Own,
            IsOnlyPeer = IsClusterOnlyPeer,
        };
        return new Cluster(ClusterConnection.Open(options, host.Time), parsed.GetValue(Namespace));
    }
}
