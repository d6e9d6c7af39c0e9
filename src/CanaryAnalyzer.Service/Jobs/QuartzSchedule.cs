using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Api;
using Quartz;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>Quartz owns time: a durable job a metric, a trigger for its next question.</summary>
internal sealed class QuartzSchedule(ISchedulerFactory schedulers, OpenQuestions questions, TimeProvider time) : IMeasurementSchedule
{
    public ValueTask SetAsync(ResourceKey key, AnalysisRun run, IReadOnlyList<MeasurementAnswer> taken, CancellationToken cancellationToken) =>
        ChangeAsync(key, run.Uid, questions.Take(key, run, taken), cancellationToken);

    public ValueTask ContinueAsync(ResourceKey key, string uid, CancellationToken cancellationToken) => ChangeAsync(key, uid, questions.Continue(key, uid), cancellationToken);

    public async ValueTask ForgetAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (questions.Forget(key) is not { } uid) return;
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.DeleteJobs(GroupMatcher<JobKey>.GroupEquals(uid), cancellationToken);
    }

    private async ValueTask ChangeAsync(ResourceKey key, string uid, QuestionChanges changes, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var metric in changes.Dropped) await scheduler.UnscheduleJob(new TriggerKey(metric, uid), cancellationToken);
        for (var index = 0; index < changes.Asked.Length; index++)
        {
            var (slot, at) = changes.Asked[index];
            try
            {
                await ScheduleAsync(scheduler, key, new TriggerKey(slot.Metric, uid), at, cancellationToken);
            }
            catch
            {
                // Nobody would ask them: the next pass must open them again.
                foreach (var asked in changes.Asked.AsSpan(index..)) questions.Withdraw(key, asked.Slot);
                throw;
            }
        }
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
