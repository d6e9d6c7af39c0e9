using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Service.Hosting;
using CanaryAnalyzer.Service.Options;

NativeHeap.Limit();
return await ServiceCommand.Create(RunAsync).Parse(args).InvokeAsync();

static async Task<int> RunAsync(ServiceOptions options, CancellationToken cancellationToken)
{
    var errors = ServiceOptionsValidator.Validate(options);
    foreach (var error in errors) await Console.Error.WriteLineAsync($"canary-analyzer: {error}");
    if (errors.Count > 0) return 2;
    if (Ports.InUse(options) is { } problem)
    {
        await Console.Error.WriteLineAsync($"canary-analyzer: {problem}");
        return 1;
    }

    try
    {
        await using var app = ServiceHost.Build(options);
        // Taken first: running an application to its end disposes its services.
        var services = app.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        await app.RunAsync(cancellationToken);
        return services.Exists(s => s.ExecuteTask is { IsFaulted: true }) ? 1 : 0;
    }
    catch (ClusterConfigurationException exception)
    {
        await Console.Error.WriteLineAsync($"canary-analyzer: {exception.Message}");
    }
    return 1;
}
