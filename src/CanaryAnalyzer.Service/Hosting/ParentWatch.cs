using System.ComponentModel;
using System.Diagnostics;
using CanaryAnalyzer.Service.Options;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>Ends this process when the one that started it ends, however that ends.</summary>
internal sealed class ParentWatch(ServiceOptions options, IHostApplicationLifetime lifetime, ILogger<ParentWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.ParentProcess is not { } parent) return;
        try
        {
            using var process = Process.GetProcessById(parent);
            await process.WaitForExitAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is ArgumentException or Win32Exception or InvalidOperationException)
        {
            // It has ended already.
        }

        Log.ParentEnded(logger, parent);
        lifetime.StopApplication();
    }
}
