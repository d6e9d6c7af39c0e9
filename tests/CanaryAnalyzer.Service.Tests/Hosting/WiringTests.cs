using CanaryAnalyzer.Service.Hosting;
using CanaryAnalyzer.Service.Options;
using CanaryAnalyzer.Testing.ApiServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace CanaryAnalyzer.Service.Tests.Hosting;

/// <summary>Everything that is registered can be made, whether a test happens to need it or not.</summary>
public sealed class WiringTests
{
    [Fact]
    public async Task Every_service_of_ours_can_be_made_and_every_hosted_one_is_there()
    {
        await using var server = await InProcessApiServer.StartAsync();
        IServiceCollection? services = null;
        await using var app = ServiceHost.Build(
            new ServiceOptions { Kubeconfig = server.Kubeconfig, Address = "127.0.0.1", MetricsPort = 0, HealthPort = 0, LogLevel = "error" },
            builder =>
            {
                services = builder.Services;
                builder.Host.UseDefaultServiceProvider(provider => (provider.ValidateOnBuild, provider.ValidateScopes) = (true, true));
            });

        var ours = services!.Select(s => s.ServiceType).Where(t => t.Namespace?.StartsWith("CanaryAnalyzer", StringComparison.Ordinal) == true && !t.ContainsGenericParameters).Distinct().ToList();
        Assert.Contains(typeof(Workers), ours);
        foreach (var type in ours) Assert.NotNull(app.Services.GetRequiredService(type));
        Assert.Subset(app.Services.GetServices<IHostedService>().Select(s => s.GetType()).ToHashSet(), new HashSet<Type> { typeof(Controller), typeof(ParentWatch), typeof(QuartzHostedService) });
    }
}
