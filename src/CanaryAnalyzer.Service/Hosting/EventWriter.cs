using CanaryAnalyzer.Kubernetes.Events;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>Writes events for as long as the controller runs, and a moment longer.</summary>
internal sealed class EventWriter(EventQueue queue) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.RunAsync(stoppingToken);
}
