using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Service.Storage;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Observability;

namespace CanaryAnalyzer.Service.Reconciling.AnalysisRuns;

/// <summary>
/// Measures how far looks are behind their time, and says so once when one is late. By a timer of its own: a queue or a scheduler that is overloaded can't tell of
/// itself.
/// </summary>
internal sealed class LookLagWatch(IAnalysisRunStore store, IOwnership ownership, IEventRecorder events, ControllerMetrics metrics, DecisionClock clock, TimeProvider time, ILogger<LookLagWatch> logger)
{
    /// <summary>The reason of the event.</summary>
    public const string Reason = "LooksLate";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly StateGauge gauge = new(metrics.LookLag);
    private HashSet<(string Uid, string Metric)> late = [];

    /// <summary>Measures until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Period, time);
            while (await timer.WaitForNextTickAsync(cancellationToken)) await TryMeasureAsync(cancellationToken);
        }
        finally
        {
            // A replica that doesn't lead knows nothing of it.
            gauge.Finish();
        }
    }

    /// <summary>One run that can't be read must not end the watch over all others.</summary>
    private async Task TryMeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MeasureAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.LagUnknown(logger, exception, Period.TotalSeconds);
        }
    }

    /// <summary>Measures all runs once.</summary>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var stillLate = new HashSet<(string, string)>();
        var isOurs = ownership.ForeignHolder() is null;
        foreach (var stored in store.Uncompleted().Where(s => isOurs && !s.Run.Status.Phase.IsCompleted() && ownership.IsOurs(s.Run.Labels)))
        {
            foreach (var lag in LookLag.Of(RunPlan.Of(stored.Run), stored.Run.Status, clock.Now))
            {
                gauge.Set(lag.Lag.TotalSeconds, stored.Run.Namespace, stored.Run.Name, lag.Metric);
                if (lag.IsLate && stillLate.Add((stored.Run.Uid, lag.Metric)) && !late.Contains((stored.Run.Uid, lag.Metric))) await WarnAsync(stored, lag, cancellationToken);
            }
        }

        gauge.Finish();
        late = stillLate;
    }

    private async Task WarnAsync(StoredRun stored, MeasurementLag lag, CancellationToken cancellationToken)
    {
        Log.LooksLate(logger, new ResourceKey(stored.Run.Namespace, stored.Run.Name), lag);
        events.Record(stored.Resource, EventType.Warning, Reason, lag.ToString());
    }
}
