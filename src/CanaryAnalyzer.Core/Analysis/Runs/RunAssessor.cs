using System.Collections.Immutable;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>Decides what an AnalysisRun's status is and what is to be measured next.</summary>
public static class RunAssessor
{
    private const int LongestMessage = 4096;

    /// <summary>Looks at a run once. Total and deterministic; an answer counts once, however often it is handed in.</summary>
    /// <param name="run">The run as it was read.</param>
    /// <param name="answers">
    /// What providers answered since, in the order in which it was received; answers to questions that aren't open are ignored. Several answers of a metric have the result of
    /// one call for each.
    /// </param>
    /// <param name="now">The instant of the look.</param>
    public static RunDecision Assess(AnalysisRun run, IReadOnlyList<MeasurementAnswer> answers, DateTimeOffset now)
    {
        var status = run.Status;
        if (run.IsBeingDeleted) return new RunDecision { NextStatus = status };
        if (status.Phase.IsCompleted()) return AfterEnd(run, now);
        if (status.StartedAt is null) status = status with { StartedAt = KubernetesTime.RoundUp(now) };
        var plan = RunPlan.Of(run);
        if (plan.Problem is { Length: > 0 } problem) return Refuse(status, problem, now);

        var events = new List<RunEvent>();
        var terminating = false;
        foreach (var round in Rounds(answers))
        {
            status = Enter(plan, status, round);
            status = AssessMetrics(plan, status, IsTerminating(run, status), events);
            // A metric that ended badly just now ends the others too.
            terminating = IsTerminating(run, status);
            status = AssessMetrics(plan, status, terminating, events);
        }

        status = Summarise(plan, status);
        status = Conclude(run, plan, status, terminating, now);
        if (status.Phase.IsCompleted()) events.Add(Ended(status.Phase));

        if (!ReferenceEquals(status, run.Status)) status = StatusSize.Fit(Trim(plan, status));
        var due = status.Phase.IsCompleted() ? [] : Due(plan, status, terminating);
        return new RunDecision { NextStatus = status, Due = due, Events = [.. events], LookAgainAt = status.Phase.IsCompleted() ? DeleteAt(run.Spec, status) : null };
    }

    private static RunDecision AfterEnd(AnalysisRun run, DateTimeOffset now)
    {
        var deleteAt = DeleteAt(run.Spec, run.Status);
        return new RunDecision { NextStatus = run.Status, Delete = deleteAt <= now, LookAgainAt = deleteAt <= now ? null : deleteAt };
    }

    private static DateTimeOffset? DeleteAt(AnalysisRunSpec spec, RunStatus status)
    {
        if (status.CompletedAt is not { } completedAt || spec.Ttl?.KeepFor(status.Phase) is not { } kept) return null;
        return completedAt.UtcTicks + (decimal)kept.Ticks > DateTimeOffset.MaxValue.UtcTicks ? null : completedAt + kept;
    }

    private static RunDecision Refuse(RunStatus status, string problem, DateTimeOffset now) => new()
    {
        NextStatus = status with
        {
            Phase = AnalysisPhase.Error,
            Message = problem.Length <= LongestMessage ? problem : string.Concat(problem.AsSpan(0, LongestMessage - 1), "…"),
            CompletedAt = KubernetesTime.RoundUp(now),
        },
        Events = [Ended(AnalysisPhase.Error)],
    };

    private static bool IsTerminating(AnalysisRun run, RunStatus status) =>
        run.Spec.Terminate || status.MetricResults.Any(result => !result.DryRun && result.Phase is AnalysisPhase.Failed or AnalysisPhase.Error or AnalysisPhase.Inconclusive);

    // A metric's second answer must not count where what came before it ended the metric or the run. There is at least one round: a run that terminates has none to wait for.
    private static IEnumerable<IEnumerable<MeasurementAnswer>> Rounds(IReadOnlyList<MeasurementAnswer> answers)
    {
        var round = new List<MeasurementAnswer>();
        foreach (var answer in answers)
        {
            if (round.Exists(other => other.Slot.Metric == answer.Slot.Metric))
            {
                yield return round;
                round = [];
            }

            round.Add(answer);
        }

        yield return round;
    }

    private static RunStatus Enter(RunPlan plan, RunStatus status, IEnumerable<MeasurementAnswer> answers)
    {
        foreach (var answer in answers)
        {
            if (plan.Metrics.FirstOrDefault(metric => metric.Spec.Name == answer.Slot.Metric) is not { } metric) continue;
            if (MetricLedger.Enter(metric, status.Result(metric.Spec.Name), answer, status.StartedAt!.Value) is { } result) status = With(status, result);
        }

        return status;
    }

    private static RunStatus AssessMetrics(RunPlan plan, RunStatus status, bool terminating, List<RunEvent> events)
    {
        foreach (var metric in plan.Metrics)
        {
            if (status.Result(metric.Spec.Name) is not { } result) continue;
            var phase = MetricAssessment.PhaseOf(metric.Spec, result, terminating);
            if (phase == result.Phase) continue;
            if (phase.IsCompleted())
            {
                events.Add(new RunEvent(phase is AnalysisPhase.Failed or AnalysisPhase.Error, $"Metric{phase}", $"Metric '{result.Name}' Completed. Result: {phase}"));
            }

            var message = result.LastMeasurement?.Message ?? result.Message;
            if (phase.IsCompleted() && metric.DryRun && MetricAssessment.BrokenLimit(metric.Spec, result) is { } broken) message = $"Metric assessed {phase} due to {broken.Message}";
            status = With(status, result with { Phase = phase, Message = message });
        }

        return status;
    }

    private static RunStatus Summarise(RunPlan plan, RunStatus status)
    {
        var (counting, dryRun) = (Summary(plan, status, dryRun: false), Summary(plan, status, dryRun: true));
        return status.Summary == counting && status.DryRunSummary == dryRun ? status : status with { Summary = counting, DryRunSummary = dryRun };
    }

    private static RunSummary Summary(RunPlan plan, RunStatus status, bool dryRun)
    {
        var metrics = plan.Metrics.Where(metric => metric.DryRun == dryRun).ToList();
        int Ended(AnalysisPhase phase) => metrics.Count(metric => status.Result(metric.Spec.Name)?.Phase == phase);
        return new RunSummary(metrics.Count, Ended(AnalysisPhase.Successful), Ended(AnalysisPhase.Failed), Ended(AnalysisPhase.Inconclusive), Ended(AnalysisPhase.Error));
    }

    private static RunStatus Conclude(AnalysisRun run, RunPlan plan, RunStatus status, bool terminating, DateTimeOffset now)
    {
        var running = status is { Phase: AnalysisPhase.Running, Message: "" } ? status : status with { Phase = AnalysisPhase.Running, Message = "" };
        var results = plan.Metrics.Select(metric => (Metric: metric, Result: status.Result(metric.Spec.Name))).ToList();
        var isOpen = results.Exists(one => terminating ? one.Result is { Phase: var phase } && !phase.IsCompleted() : one.Result is null || !one.Result.Phase.IsCompleted());
        if (isOpen) return running;

        var worst = AnalysisPhase.Successful;
        var message = run.Spec.Terminate ? "Run Terminated" : "";
        foreach (var (metric, result) in results)
        {
            if (metric.DryRun || result is null || !result.Phase.IsWorseThan(worst)) continue;
            worst = result.Phase;
            var due = MetricAssessment.BrokenLimit(metric.Spec, result)?.Message;
            if (due is null) continue;
            message = $"Metric \"{result.Name}\" assessed {worst} due to {due}";
            if (result.Message.Length > 0) message += $": \"Error Message: {result.Message}\"";
        }

        return status with { Phase = worst, Message = message, CompletedAt = KubernetesTime.RoundUp(now) };
    }

    private static RunStatus Trim(RunPlan plan, RunStatus status)
    {
        foreach (var metric in plan.Metrics)
        {
            if (status.Result(metric.Spec.Name) is { } result && result.Measurements.Length > metric.Retention)
                status = With(status, result with { Measurements = result.Measurements.RemoveRange(0, result.Measurements.Length - metric.Retention) });
        }

        return status;
    }

    private static ImmutableArray<DueMeasurement> Due(RunPlan plan, RunStatus status, bool terminating) =>
    [
        .. plan.Metrics.Select(metric => MetricLedger.Next(metric, status.Result(metric.Spec.Name), status.StartedAt!.Value, terminating)).OfType<DueMeasurement>(),
    ];

    private static RunStatus With(RunStatus status, MetricResult result)
    {
        for (var index = 0; index < status.MetricResults.Length; index++)
        {
            if (ReferenceEquals(status.MetricResults[index], result)) return status;
            if (status.MetricResults[index].Name == result.Name) return status with { MetricResults = status.MetricResults.SetItem(index, result) };
        }

        return status with { MetricResults = status.MetricResults.Add(result) };
    }

    private static RunEvent Ended(AnalysisPhase phase) =>
        new(phase is AnalysisPhase.Failed or AnalysisPhase.Error, $"AnalysisRun{phase}", $"Analysis completed. Result: {phase}");
}
