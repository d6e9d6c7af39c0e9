using CanaryAnalyzer.Service.Options;

namespace CanaryAnalyzer.Service.Tests.Options;

public sealed class ServiceOptionsValidatorTests
{
    [Fact]
    public void Defaults_are_valid() => Assert.Empty(ServiceOptionsValidator.Validate(new ServiceOptions()));

    [Fact]
    public void All_that_is_wrong_is_named_at_once()
    {
        var errors = ServiceOptionsValidator.Validate(new ServiceOptions
        {
            Kubeconfig = "/no/such/file",
            Prometheus = "prometheus:9090",
            Address = "everywhere",
            MetricsPort = 70000,
            RolloutThreads = 0,
            LogLevel = "loud",
            LogFormat = "poem",
        });

        string[] named = ["--kubeconfig", "--prometheus", "--address", "--metrics-port", "--rollout-threads", "--loglevel", "--logformat"];
        Assert.Equal(named.Length, errors.Count);
        Assert.All(named, option => Assert.Contains(errors, e => e.StartsWith(option + ":", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_API_without_tokens_is_for_this_machine_alone()
    {
        Assert.StartsWith("--insecure-api:", Assert.Single(ServiceOptionsValidator.Validate(new ServiceOptions { InsecureApi = true })), StringComparison.Ordinal);
        Assert.Empty(ServiceOptionsValidator.Validate(new ServiceOptions { InsecureApi = true, Address = "127.0.0.1" }));
    }

    [Fact]
    public void Two_doors_on_one_port_are_refused() =>
        Assert.Contains("8090", Assert.Single(ServiceOptionsValidator.Validate(new ServiceOptions { HealthPort = 8090 })), StringComparison.Ordinal);

    [Theory]
    [InlineData("--metricsPort=1", 1)]
    [InlineData("--metrics-port=2", 2)]
    public async Task Argos_spelling_of_a_port_works_as_well(string argument, int port)
    {
        ServiceOptions? read = null;
        var command = ServiceCommand.Create((options, _) =>
        {
            read = options;
            return Task.FromResult(0);
        });

        await command.Parse([argument, "--leader-elect=false"]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((port, false), (read!.MetricsPort, read.LeaderElect));
    }
}
