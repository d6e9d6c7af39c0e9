using System.Diagnostics;

namespace CanaryAnalyzer.Cli.Tests.Starting;

/// <summary>What a command loads and asks for before it answers: the executable itself, in a process of its own.</summary>
public sealed class StartCostTests : IAsyncLifetime
{
    // What only other commands need: each of them once cost all commands its time.
    private static readonly string[] OfOtherCommands =
    [
        "CanaryAnalyzer.Metrics", "CanaryAnalyzer.Dashboard", "canary-analyzer", "canary-local-cluster", "KubernetesClient", "MathNet.Numerics", "Quartz", "Refit",
        "Spectre.Console", "Yarp.ReverseProxy", "Prometheus.NetStandard", "Microsoft.Extensions.DependencyInjection", "Microsoft.AspNetCore",
        "System.Linq.Expressions",
    ];

    private readonly string _loaded = Path.GetTempFileName();
    private CliRun _cli = null!;

    public async ValueTask InitializeAsync()
    {
        _cli = await CliRun.StartAsync();
        _cli.Story.Paused();
    }

    public async ValueTask DisposeAsync()
    {
        await _cli.DisposeAsync();
        File.Delete(_loaded);
    }

    [Theory]
    [InlineData("list rollouts", 1)]
    [InlineData("get rollout rollout-canary", 5)]
    public async Task A_command_loads_what_it_needs_and_asks_once_for_each_kind(string line, int requests)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "canaryctl"), [.. line.Split(' '), "--kubeconfig", _cli.Server.Kubeconfig, "-n", SeedStory.Namespace])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[StartupHook.FileVariable] = _loaded;
        using var process = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        await process.WaitForExitAsync(token);

        Assert.Equal((0, ""), (process.ExitCode, await complained));
        Assert.Contains("rollout-canary", await said, StringComparison.Ordinal);
        Assert.Equal(requests, _cli.Server.Requests.Count);
        var loaded = await File.ReadAllLinesAsync(_loaded, token);
        Assert.Contains("canaryctl", loaded);
        Assert.Empty(loaded.Intersect(OfOtherCommands, StringComparer.Ordinal));
    }
}
