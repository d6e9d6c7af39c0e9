using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Kubernetes.Leading;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes;

/// <summary>Registers what a controller needs of a cluster.</summary>
public static class KubernetesServices
{
    /// <summary>
    /// Adds the connection, its client and caches, leadership, events, and what observes and changes Rollouts. Needs a <see cref="TimeProvider"/> and logging. The client that is
    /// injected tells the caches of its writes; events and leases go past it.
    /// </summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="connection">The cluster.</param>
    /// <param name="watchedNamespace">The namespace whose objects are watched; null for all.</param>
    /// <param name="leader">The lease.</param>
    public static IServiceCollection AddKubernetes(this IServiceCollection services, ClusterConnection connection, string? watchedNamespace, LeaderOptions leader)
    {
        services.AddSingleton(connection);
        services.AddSingleton(s => new ClusterCaches(connection.Resources, watchedNamespace, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ResourceCache>>()));
        services.AddSingleton<IClusterView>(s => s.GetRequiredService<ClusterCaches>());
        services.AddSingleton<IResourceClient>(s => new WriteTrackingClient(connection.Resources, s.GetRequiredService<ClusterCaches>()));
        services.AddSingleton(s => new LeaderElection(connection, leader, s.GetRequiredService<ILogger<LeaderElection>>()));
        services.AddSingleton(s => new ForeignLease(connection.Resources, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(OwnFinalizer.Of(leader.InstanceId ?? ""));
        services.AddSingleton(s => new EventRecorder(connection.Resources, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<EventRecorder>>()));
        services.AddSingleton(s => new EventQueue(s.GetRequiredService<EventRecorder>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<EventQueue>>()));
        services.AddSingleton<IEventRecorder>(s => s.GetRequiredService<EventQueue>());
        services.AddSingleton<IAnalysisPlanner, AnalysisPlanner>().AddSingleton<TemplateDefaults>();
        return services.AddSingleton<RolloutObserver>().AddSingleton<RolloutApplier>().AddSingleton<ClaimRefusals>().AddSingleton<ServiceApplier>().AddSingleton<PolicyCheck>();
    }
}
