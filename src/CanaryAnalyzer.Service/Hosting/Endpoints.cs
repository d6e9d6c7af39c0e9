using CanaryAnalyzer.Dashboard;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Service.Observability;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Prometheus;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>What the controller answers over HTTP.</summary>
internal static class Endpoints
{
    public static void Map(WebApplication app)
    {
        app.MapMetrics(registry: app.Services.GetRequiredService<CollectorRegistry>());
        app.MapDashboard();
        app.MapGet("/healthz", () => "ok");
        app.MapGet("/readyz", (Readiness readiness) =>
            readiness.Problem() is { } problem ? Results.Text(problem, statusCode: StatusCodes.Status503ServiceUnavailable) : Results.Text("ok"));
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
            Log.Started(
                app.Services.GetRequiredService<ILogger<Controller>>(), ServiceVersion.Text, app.Services.GetRequiredService<ClusterConnection>().Server,
                addresses.FirstOrDefault() ?? "", addresses.ElementAtOrDefault(1) ?? "");
        });
    }
}
