using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Api;
using Quartz;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>Quartz owns time: a durable job a metric, a trigger for its next question.</summary>
internal sealed class QuartzSchedule(ISchedulerFactory schedulers, OpenQuestions questions, TimeProvider time) : IMeasurementSchedule
{
    public async ValueTask SetAsync(ResourceKey key, AnalysisRun run, RunPlan plan, IReadOnlyList<DueMeasurement> due, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var metric in questions.Keep(key, [.. due.Select(one => one.Slot.Metric)]))
            await scheduler.UnscheduleJob(new TriggerKey(metric, run.Uid), cancellationToken);
        foreach (var one in due)
        {
            var metric = plan.Metrics.First(planned => planned.Spec.Name == one.Slot.Metric);
            if (questions.Open(key, new OpenQuestion(run, metric, Math.Max(1, plan.Comparisons), one)) is not { } at) continue;
            try
            {
                await ScheduleAsync(scheduler, key, new TriggerKey(one.Slot.Metric, run.Uid), at, cancellationToken);
            }
            catch
            {
                // Nobody would ask it: the next pass must open it again.
                questions.Withdraw(key, one.Slot);
                throw;
            }
        }
    }

    public async ValueTask ForgetAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (questions.Forget(key) is not { } uid) return;
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.DeleteJobs(GroupMatcher<JobKey>.GroupEquals(uid), cancellationToken);
    }

    private async ValueTask ScheduleAsync(IScheduler scheduler, ResourceKey key, TriggerKey question, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var job = new JobKey(question.Name, question.Group);
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(question)
            .ForJob(job)
            .StartAt(at)
            .WithSimpleSchedule(schedule => schedule.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .Build();
        if (!await scheduler.Exists(job, cancellationToken)) await scheduler.AddJob(Job(job, key), AddJobOptions.Replacing, cancellationToken);
        await scheduler.ScheduleJob(trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }

    private static IJobDetail Job(JobKey job, ResourceKey run) => JobBuilder.Create<MeasurementJob>()
        .WithIdentity(job)
        .StoreDurably()
        .UsingJobData(MeasurementJob.Namespace, run.Namespace ?? "")
        .UsingJobData(MeasurementJob.Name, run.Name)
        .Build();
}
