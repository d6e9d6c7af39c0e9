using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Service.Hosting;
using CanaryAnalyzer.Service.Options;

return await ServiceCommand.Create(RunAsync).Parse(args).InvokeAsync();

static async Task<int> RunAsync(ServiceOptions options, CancellationToken cancellationToken)
{
    var errors = ServiceOptionsValidator.Validate(options);
    foreach (var error in errors) await Console.Error.WriteLineAsync($"canary-analyzer: {error}");
    if (errors.Count > 0) return 2;
    try
    {
        await using var app = ServiceHost.Build(options);
        await app.RunAsync(cancellationToken);
        return 0;
    }
    catch (ClusterConfigurationException exception)
    {
        await Console.Error.WriteLineAsync($"canary-analyzer: {exception.Message}");
    }
    catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
    {
        await Console.Error.WriteLineAsync($"canary-analyzer: a port is in use: {exception.Message} Name another with --metrics-port or --healthz-port.");
    }

    return 1;
}
