using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Testing.Histories;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Cli.Tests.Backtesting;

/// <summary>A simulated service behind an HTTP server, a template in a file, and a command line.</summary>
internal sealed class BacktestStage : IAsyncDisposable
{
    public const long Minute = 60_000;
    public const long Hour = 60 * Minute;
    public const long Start = 1_767_571_200_000;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    private BacktestStage(HistoryServer server) => Server = server;

    public HistoryServer Server { get; }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(Start + (1000 * Hour)));

    public string Folder { get; } = Directory.CreateTempSubdirectory("backtest-").FullName;

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public string Template => Path.Combine(Folder, "template.yaml");

    public static async Task<BacktestStage> StartAsync(IEnumerable<SimulatedPod> pods, string? template = null)
    {
        var stage = new BacktestStage(await HistoryServer.StartAsync(new SimulatedService(15_000, 1, pods)));
        await File.WriteAllTextAsync(stage.Template, template ?? DefaultTemplate);
        return stage;
    }

    public static IEnumerable<SimulatedPod> Pods(int count, int hours) =>
        Enumerable.Range(0, count).Select(i => new SimulatedPod($"web-6bd9c7d7d8-aaaa{(char)('a' + i)}", Start, Start + (hours * Hour)));

    public const string DefaultTemplate =
        """
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisTemplate
        metadata: {name: web}
        spec:
          args:
          - name: canary-pods
          - name: stable-pods
          - {name: duration, value: 15m}
          metrics:
          - name: canary-vs-stable
            provider:
              plugin:
                canaryanalyzer/compare:
                  canary: pod=~"{{args.canary-pods}}"
                  stable: pod=~"{{args.stable-pods}}"
                  maxDuration: "{{args.duration}}"
                  measures:
                  - name: errors
                    errorRate: {requests: requests_total, errors: 'requests_total{code=~"5.."}'}
                  - name: latency
                    latency: {histogram: seconds}
        """;

    /// <summary>Runs the command over some hours of the history, without a cache unless arguments name one.</summary>
    public Task<int> RunAsync(int hours, params string[] more)
    {
        var to = DateTimeOffset.FromUnixTimeMilliseconds(Start + (hours * Hour));
        string[] fixedOnes = ["backtest", "-f", Template, "--address", Server.Address.ToString(), "--to", to.ToString("O"), "--last", $"{hours}h"];
        string[] cache = more.Contains("--cache") ? [] : ["--no-cache"];
        string[] stable = more.Contains("--stable") ? [] : ["--stable", "pod=~\"web-.*\""];
        return RunBareAsync([.. fixedOnes, .. cache, .. stable, .. more]);
    }

    public Task<int> RunBareAsync(params string[] arguments)
    {
        var host = new CliHost { Out = _out, Error = _error, IsTerminal = false, HasColours = false, Time = Time, CommandName = "canaryctl" };
        return CanaryAnalyzer.Cli.Commands.Cli.RunAsync(host, arguments, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
