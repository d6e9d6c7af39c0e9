using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Applying;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Service.Storage;
using CanaryAnalyzer.Service.Jobs;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Observability;
using Prometheus;

namespace CanaryAnalyzer.Service.Reconciling.AnalysisRuns;

/// <summary>One pass over one AnalysisRun: observe, assess, write conditionally, schedule. Only it writes runs.</summary>
internal sealed class AnalysisRunReconciler(
    IAnalysisRunStore store,
    OpenQuestions questions,
    IMeasurementSchedule schedule,
    IOwnership ownership,
    IEventRecorder events,
    ControllerMetrics metrics,
    TimeProvider time,
    DecisionClock clock,
    ILogger<AnalysisRunReconciler> logger) : IReconciler
{
    private static readonly TimeSpan ForeignWait = TimeSpan.FromSeconds(5);

    public string Kind => "AnalysisRun";

    public async Task<PassOutcome> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (store.IsBehind(key)) return new PassOutcome.Behind([new WrittenObject(ResourceType.AnalysisRuns, key)]);
        using var timer = metrics.AnalysisRunReconcile.WithLabels(key.Namespace ?? "", key.Name).NewTimer();
        try
        {
            return await PassAsync(key, cancellationToken);
        }
        catch (ResourceException exception) when (!exception.IsConflict)
        {
            metrics.AnalysisRunReconcileErrors.WithLabels(key.Namespace ?? "", key.Name).Inc();
            throw;
        }
    }

    /// <summary>
    /// Asks nothing more, since this replica leads no longer: another one measures now, and what is answered here must not count beside it. Returns the runs that were measured,
    /// to be reconciled if it leads again.
    /// </summary>
    public async Task<IReadOnlyList<ResourceKey>> StopAsync() => await schedule.ForgetAllAsync(CancellationToken.None);

    private async Task<PassOutcome> PassAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (store.Read(key) is not { } seen)
        {
            await schedule.ForgetAsync(key, cancellationToken);
            metrics.ForgetRun(key.Namespace ?? "", key.Name);
            return new PassOutcome.Settled();
        }

        if (!ownership.IsOurs(seen.Run.Labels) || ownership.ForeignHolder() is not null)
        {
            await schedule.ForgetAsync(key, cancellationToken);
            return ownership.IsOurs(seen.Run.Labels) ? new PassOutcome.LookAgain(time.GetUtcNow() + ForeignWait) : new PassOutcome.Settled();
        }

        var run = seen.Run;
        var answers = questions.Answers(key, run.Uid);
        var decision = RunAssessor.Assess(run, answers, clock.Now);
        if (decision.Delete)
        {
            await schedule.ForgetAsync(key, cancellationToken);
            await store.DeleteAsync(seen, cancellationToken);
            Log.Deleted(logger, key);
            return new PassOutcome.Settled();
        }

        await RecordAsync(key, seen, decision, cancellationToken);
        if (decision.Due.IsEmpty) await schedule.ForgetAsync(key, cancellationToken);
        else await schedule.SetAsync(key, run with { Status = decision.NextStatus }, answers, cancellationToken);
        return decision.LookAgainAt is { } at ? new PassOutcome.LookAgain(DecisionClock.Real(at)) : new PassOutcome.Settled();
    }

    private async Task RecordAsync(ResourceKey key, StoredRun seen, RunDecision decision, CancellationToken cancellationToken)
    {
        // An answer that nobody asked for changes nothing, and nothing is written.
        if (ReferenceEquals(seen.Run.Status, decision.NextStatus)) return;
        await store.WriteStatusAsync(seen, decision.NextStatus, cancellationToken);
        if (seen.Run.Status.Phase != decision.NextStatus.Phase) Log.PhaseChanged(logger, key, decision.NextStatus.Phase, decision.NextStatus.Message);
        foreach (var told in decision.Events)
            events.Record(seen.Resource, told.IsWarning ? EventType.Warning : EventType.Normal, told.Reason, told.Message);
    }
}
