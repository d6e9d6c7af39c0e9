using System.CommandLine;

namespace CanaryAnalyzer.Service.Options;

/// <summary>The command line of the controller.</summary>
internal static class ServiceCommand
{
    private static readonly Option<string?> Kubeconfig = new("--kubeconfig") { Description = "kubeconfig file; without it the pod's own credentials, or what kubectl would take" };
    private static readonly Option<string?> Context = new("--context") { Description = "context of the kubeconfig" };
    private static readonly Option<string?> Namespace = new("--namespace", "-n") { Description = "the one namespace to work in (default: all)" };
    private static readonly Option<string> InstanceId = new("--instance-id") { DefaultValueFactory = _ => "", Description = "work on Rollouts with this controller-instance-id label only" };
    private static readonly Option<string?> Prometheus = new("--prometheus") { Description = "address of the Prometheus for metrics that name none" };
    private static readonly Option<string> Address = new("--address") { DefaultValueFactory = _ => "0.0.0.0", Description = "address to open the ports on" };
    private static readonly Option<int> MetricsPort = new("--metrics-port", "--metricsPort", "--metricsport") { DefaultValueFactory = _ => 8090, Description = "port of /metrics" };
    private static readonly Option<int> HealthPort = new("--healthz-port", "--healthzPort", "--healthzport") { DefaultValueFactory = _ => 8080, Description = "port of /healthz and /readyz" };
    private static readonly Option<bool> InsecureApi = new("--insecure-api") { Description = "explain verdicts to everybody without a token; only with --address on loopback" };
    private static readonly Option<bool> LeaderElect = new("--leader-elect") { DefaultValueFactory = _ => true, Description = "let one of several replicas lead" };
    private static readonly Option<string?> LeaseNamespace = new("--lease-namespace") { Description = "namespace of the leader's Lease (default: --namespace, else the pod's own; outside a pod canary-analyzer where that exists, else kube-system)" };
    private static readonly Option<int> RolloutThreads = new("--rollout-threads") { DefaultValueFactory = _ => 10, Description = "Rollouts worked on at once" };
    private static readonly Option<int> AnalysisThreads = new("--analysis-threads") { DefaultValueFactory = _ => 30, Description = "AnalysisRuns worked on at once" };
    private static readonly Option<string> LogLevel = new("--loglevel") { DefaultValueFactory = _ => "info", Description = "debug, info, warn or error" };
    private static readonly Option<string> LogFormat = new("--logformat") { DefaultValueFactory = _ => "text", Description = "text or json" };
    private static readonly Option<int?> ParentProcess = new("--parent-pid") { Description = "end when this process ends" };

    /// <summary>The command, which runs the controller with the options that it was given.</summary>
    public static RootCommand Create(Func<ServiceOptions, CancellationToken, Task<int>> run)
    {
        var command = new RootCommand("Runs Rollouts: canary steps, judged pauses, promotion and roll-back.")
        {
            Kubeconfig, Context, Namespace, InstanceId, Prometheus, Address, MetricsPort, HealthPort, InsecureApi,
            LeaderElect, LeaseNamespace, RolloutThreads, AnalysisThreads, LogLevel, LogFormat, ParentProcess,
        };
        command.SetAction((result, cancellationToken) => run(Read(result), cancellationToken));
        return command;
    }

    private static ServiceOptions Read(ParseResult result) => new()
    {
        Kubeconfig = result.GetValue(Kubeconfig),
        Context = result.GetValue(Context),
        Namespace = result.GetValue(Namespace),
        InstanceId = result.GetValue(InstanceId) ?? "",
        Prometheus = result.GetValue(Prometheus),
        Address = result.GetValue(Address) ?? "",
        MetricsPort = result.GetValue(MetricsPort),
        HealthPort = result.GetValue(HealthPort),
        InsecureApi = result.GetValue(InsecureApi),
        LeaderElect = result.GetValue(LeaderElect),
        LeaseNamespace = result.GetValue(LeaseNamespace),
        RolloutThreads = result.GetValue(RolloutThreads),
        AnalysisThreads = result.GetValue(AnalysisThreads),
        LogLevel = result.GetValue(LogLevel) ?? "",
        LogFormat = result.GetValue(LogFormat) ?? "",
        ParentProcess = result.GetValue(ParentProcess),
    };
}
