using System.Net;
using CanaryAnalyzer.Dashboard;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
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
        services.AddSingleton(connection);
        services.AddSingleton(s => new ClusterCaches(
            connection.Resources, options.Namespace, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ResourceCache>>()));
        services.AddSingleton<IClusterView>(s => s.GetRequiredService<ClusterCaches>());
        services.AddSingleton<IResourceClient>(s => new WriteTrackingClient(connection.Resources, s.GetRequiredService<ClusterCaches>()));
        services.AddSingleton(s => new LeaderElection(
            connection,
            new LeaderOptions { Namespace = options.LeaseNamespace ?? options.Namespace, InstanceId = options.InstanceId },
            s.GetRequiredService<ILogger<LeaderElection>>()));
        services.AddSingleton(s => new ForeignLease(connection.Resources, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ForeignControllerWatch>();
        services.AddSingleton(OwnFinalizer.Of(options.InstanceId));
        services.AddSingleton<IOwnership>(s => s.GetRequiredService<ForeignControllerWatch>());
        services.AddSingleton(s => new EventRecorder(connection.Resources, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<EventRecorder>>()));
        services.AddSingleton(s => new EventQueue(s.GetRequiredService<EventRecorder>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<EventQueue>>()));
        services.AddSingleton<IEventRecorder>(s => s.GetRequiredService<EventQueue>());
    }

    private static void AddWork(IServiceCollection services)
    {
        var registry = Prometheus.Metrics.NewCustomRegistry();
        Prometheus.DotNetStats.Register(registry);
        services.AddSingleton(registry).AddSingleton<ControllerMetrics>().AddSingleton<RolloutStateMetrics>();
        services.AddSingleton<IAnalysisPlanner, AnalysisPlanner>().AddSingleton<TemplateDefaults>();
        services.AddSingleton<RolloutObserver>().AddSingleton<RolloutApplier>().AddSingleton<ClaimRefusals>().AddSingleton<PolicyCheck>();
        services.AddSingleton<WorkQueues>().AddSingleton<Triggers>().AddSingleton<OwnVersions>().AddSingleton<OwnWrites>().AddSingleton<PendingStatuses>();
        services.AddSingleton<RolloutReconciler>().AddSingleton<PolicyReconciler>().AddSingleton<ServiceApplier>().AddSingleton<ServiceReconciler>().AddSingleton<ExperimentReconciler>().AddSingleton<Workers>();
        // It ends after the controller, so that what its last reconciles emit is written.
        services.AddHostedService<EventWriter>();
        services.AddSingleton<Readiness>().AddHostedService<Controller>().AddHostedService<ParentWatch>().AddHostedService<MemoryReturn>();
    }
}
