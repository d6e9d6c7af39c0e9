using System.Threading.Channels;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Dashboard.Explanations;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Observability;
using CanaryAnalyzer.Service.Reconciling.AnalysisRuns;
using CanaryAnalyzer.Service.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Service.Tests.Runs;

/// <summary>A controller's measuring half: the real scheduler, jobs and passes on a clock of the test; store and providers are fakes that outlive it.</summary>
internal sealed class RunHarness : IAsyncDisposable
{
    public static readonly ResourceKey Key = new("shop", "web-1");
    public static readonly DateTimeOffset Start = new(2024, 5, 17, 9, 30, 0, TimeSpan.Zero);

    // The event id of the line that tells of a question put off.
    private const int PutOff = 3002;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IHost _host;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<ResourceKey> _turns = Channel.CreateUnbounded<ResourceKey>();
    private readonly Task _queue;

    private RunHarness(IHost host)
    {
        _host = host;
        Reconciler = host.Services.GetRequiredService<AnalysisRunReconciler>();
        _queue = host.Services.GetRequiredService<WorkQueues>().Runs.RunAsync(1, async (key, token) => await _turns.Writer.WriteAsync(key, token), _stop.Token);
    }

    public AnalysisRunReconciler Reconciler { get; }

    public ExplanationStore Explanations => _host.Services.GetRequiredService<ExplanationStore>();

    public static async Task<RunHarness> StartAsync(FakeRunStore store, FakeProviders providers, FakeTimeProvider time, FakeSurroundings? surroundings = null)
    {
        surroundings ??= new FakeSurroundings();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = Environments.Development });
        var services = builder.Services;
        var putOff = new LoggedEvents(PutOff);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(putOff)).AddSingleton(putOff);
        services.AddSingleton<TimeProvider>(time).AddSingleton(Prometheus.Metrics.NewCustomRegistry()).AddSingleton<ControllerMetrics>().AddSingleton<WorkQueues>();
        services.AddSingleton<IOwnership>(surroundings).AddSingleton<IEventRecorder>(surroundings);
        services.AddMetricProvider<PrometheusSpec, FakeProviders>().Replace(ServiceDescriptor.Singleton<IMetricProvider<PrometheusSpec>>(providers));
        services.AddMetricProvider<CompareSpec, FakeProviders>().Replace(ServiceDescriptor.Singleton<IMetricProvider<CompareSpec>>(providers));
        services.AddSingleton<ExplanationStore>();
        services.AddAnalysisRuns();
        services.Replace(ServiceDescriptor.Singleton<IAnalysisRunStore>(store));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new RunHarness(host);
    }

    public Task<PassOutcome> PassAsync() => Reconciler.ReconcileAsync(Key, TestContext.Current.CancellationToken);

    /// <summary>Waits until a job has handed in an answer, and makes the pass that takes it in.</summary>
    public async Task<PassOutcome> AnswerAsync()
    {
        await TurnAsync();
        return await PassAsync();
    }

    /// <summary>Waits until the run is to be looked at again.</summary>
    public async Task TurnAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        Assert.Equal(Key, await _turns.Reader.ReadAsync(patience.Token));
    }

    /// <summary>Waits until a job has put its question off, because the run before is not done.</summary>
    public async Task PutOffAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await _host.Services.GetRequiredService<LoggedEvents>().Lines.ReadAsync(patience.Token);
    }

    /// <summary>Whether a turn is waiting already.</summary>
    public bool HasTurn => _turns.Reader.TryPeek(out _);

    /// <summary>Stops as a killed process does: what isn't in the store is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _host.StopAsync(CancellationToken.None);
        await _queue;
        _host.Dispose();
        _stop.Dispose();
    }
}
