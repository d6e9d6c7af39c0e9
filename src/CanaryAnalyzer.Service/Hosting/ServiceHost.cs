using System.Net;
using CanaryAnalyzer.Dashboard;
using CanaryAnalyzer.Kubernetes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Service.Experiments;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Observability;
using CanaryAnalyzer.Service.Options;
using CanaryAnalyzer.Service.Policies;
using CanaryAnalyzer.Service.Runs;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>Puts the controller together.</summary>
internal static class ServiceHost
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(9);

    /// <summary>Builds the host; nothing runs yet.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="change">What to change before it is built; null for nothing.</param>
    /// <exception cref="ClusterConfigurationException">There is no usable kubeconfig.</exception>
    public static WebApplication Build(ServiceOptions options, Action<WebApplicationBuilder>? change = null)
    {
        // Empty: the options come from the command line alone, so that no settings file is looked for or watched.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "canary-analyzer" });
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        Logs.Configure(builder.Logging, options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Parse(options.Address), options.MetricsPort);
            kestrel.Listen(IPAddress.Parse(options.Address), options.HealthPort);
        });
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = StopWithin);
        builder.Services.AddSingleton(options).AddSingleton(TimeProvider.System);
        AddCluster(builder.Services, options);
        builder.Services.AddMetrics(new PrometheusDefaults(options.Prometheus is { } address ? new Uri(address) : null));
        // Hosted services stop in reverse order: the passes end before the scheduler that they use.
        builder.Services.AddAnalysisRuns();
        AddWork(builder.Services);
        builder.Services.AddDashboard(new DashboardOptions(options.InsecureApi));
        change?.Invoke(builder);
        var app = builder.Build();
        Endpoints.Map(app);
        return app;
    }

    private static void AddCluster(IServiceCollection services, ServiceOptions options)
    {
        var connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = options.Kubeconfig, Context = options.Context }, TimeProvider.System);
        var leader = new LeaderOptions { Namespace = options.LeaseNamespace ?? options.Namespace, InstanceId = options.InstanceId };
        services.AddKubernetes(connection, options.Namespace, leader);
        services.AddSingleton<ForeignControllerWatch>().AddSingleton<IOwnership>(s => s.GetRequiredService<ForeignControllerWatch>());
    }

    private static void AddWork(IServiceCollection services)
    {
        var registry = Prometheus.Metrics.NewCustomRegistry();
        Prometheus.DotNetStats.Register(registry);
        services.AddSingleton(registry).AddSingleton<ControllerMetrics>().AddSingleton<RolloutStateMetrics>();
        services.AddSingleton<WorkQueues>().AddSingleton<Triggers>().AddSingleton<OwnVersions>().AddSingleton<OwnWrites>().AddSingleton<PendingStatuses>();
        services.AddSingleton<RolloutReconciler>().AddSingleton<PolicyReconciler>().AddSingleton<ServiceReconciler>().AddSingleton<ExperimentReconciler>().AddSingleton<Workers>();
        // It ends after the controller, so that what its last reconciles emit is written.
        services.AddHostedService<EventWriter>();
        services.AddSingleton<Readiness>().AddHostedService<Controller>().AddHostedService<ParentWatch>().AddHostedService<MemoryReturn>();
    }
}
