using System.Diagnostics;
using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace CanaryAnalyzer.EndToEnd.Tests.Containers;

/// <summary>A Prometheus as its users run it: the official image, or the one that <c>CANARY_PROMETHEUS_IMAGE</c> names where no registry is in reach.</summary>
internal static class PrometheusContainer
{
    private const ushort Port = 9090;

    private static string Image => Environment.GetEnvironmentVariable("CANARY_PROMETHEUS_IMAGE") is { Length: > 0 } named ? named : "prom/prometheus:latest";

    /// <summary>Starts one that scrapes a port of this machine each second; skips the test where there is no engine, or it cannot get the image.</summary>
    public static async Task<IContainer> StartAsync(int scraped, CancellationToken cancellationToken)
    {
        await RequireEngineAsync(cancellationToken);
        var configuration = $$"""
            global: {scrape_interval: 1s}
            scrape_configs: [{job_name: pods, honor_labels: true, static_configs: [{targets: ["host.docker.internal:{{scraped}}"]}]}]
            """;
        var container = new ContainerBuilder(Image)
            .WithResourceMapping(Encoding.UTF8.GetBytes(configuration), "/etc/prometheus/prometheus.yml")
            .WithExtraHost("host.docker.internal", "host-gateway")
            .WithPortBinding(Port, assignRandomHostPort: true)
            .WithWaitStrategy(Wait.ForUnixContainer().UntilHttpRequestIsSucceeded(request => request.ForPort(Port).ForPath("/-/ready"), wait => wait.WithTimeout(TimeSpan.FromMinutes(1))))
            .Build();
        await container.StartAsync(cancellationToken);
        return container;
    }

    public static Uri Address(IContainer container) => new($"http://{container.Hostname}:{container.GetMappedPublicPort(Port)}");

    private static async Task RequireEngineAsync(CancellationToken cancellationToken)
    {
        Assert.SkipUnless(await DockerAsync(["version"], cancellationToken), "there is no Docker engine that answers");
        if (await DockerAsync(["image", "inspect", Image], cancellationToken)) return;
        Assert.SkipUnless(
            await DockerAsync(["pull", "--quiet", Image], cancellationToken),
            $"the Docker engine has no image {Image} and cannot fetch it: build one with tests/cluster/images.sh and name it by CANARY_PROMETHEUS_IMAGE");
    }

    private static async Task<bool> DockerAsync(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var docker = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            await Task.WhenAll(docker.StandardOutput.ReadToEndAsync(cancellationToken), docker.StandardError.ReadToEndAsync(cancellationToken));
            await docker.WaitForExitAsync(cancellationToken);
            return docker.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
