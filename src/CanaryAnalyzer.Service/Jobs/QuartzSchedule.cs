using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Api;
using Quartz;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>Quartz owns time: a durable job a metric, a trigger for its next question.</summary>
internal sealed class QuartzSchedule(ISchedulerFactory schedulers, OpenQuestions questions, TimeProvider time) : IMeasurementSchedule
{
    public async ValueTask SetAsync(ResourceKey key, AnalysisRun run, IReadOnlyList<MeasurementAnswer> taken, CancellationToken cancellationToken)
    {
        // Whoever waits for it may be cancelled; once questions are open nothing may be.
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await ChangeAsync(scheduler, key, run.Uid, questions.Take(key, run, taken));
    }

    public async ValueTask ContinueAsync(ResourceKey key, string uid, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await ChangeAsync(scheduler, key, uid, questions.Continue(key, uid));
    }

    public async ValueTask ForgetAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (questions.Forget(key) is { } uid) await DeleteAsync(uid, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<ResourceKey>> ForgetAllAsync(CancellationToken cancellationToken)
    {
        var forgotten = questions.ForgetAll();
        foreach (var (_, uid) in forgotten) await DeleteAsync(uid, cancellationToken);
        return [.. forgotten.Select(run => run.Key)];
    }

    private async ValueTask DeleteAsync(string uid, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.DeleteJobs(GroupMatcher<JobKey>.GroupEquals(uid), cancellationToken);
    }

    private async ValueTask ChangeAsync(IScheduler scheduler, ResourceKey key, string uid, QuestionChanges changes)
    {
        try
        {
            foreach (var metric in changes.Dropped) await scheduler.UnscheduleJob(new TriggerKey(metric, uid), CancellationToken.None);
            foreach (var (slot, at) in changes.Asked) await ScheduleAsync(scheduler, key, new TriggerKey(slot.Metric, uid), at);
        }
        catch
        {
            // Nobody would ask them: the next pass must open them again.
            foreach (var asked in changes.Asked) questions.Withdraw(key, asked.Slot);
            throw;
        }
    }

    // A job and a pass may change the same run at once: what is stored last must be what is open now.
    private async ValueTask ScheduleAsync(IScheduler scheduler, ResourceKey key, TriggerKey question, DateTimeOffset at)
    {
        for (DateTimeOffset? due = at; due is { } instant; due = questions.DueAt(key, question.Group, question.Name) is { } now && now != instant ? now : null)
            await StoreAsync(scheduler, key, question, instant);
        if (!questions.Knows(key, question.Group)) await scheduler.DeleteJob(new JobKey(question.Name, question.Group), CancellationToken.None);
    }

    private async ValueTask StoreAsync(IScheduler scheduler, ResourceKey key, TriggerKey question, DateTimeOffset at)
    {
        var job = new JobKey(question.Name, question.Group);
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(question)
            .ForJob(job)
            .StartAt(at)
            .WithSimpleSchedule(schedule => schedule.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow))
            .Build();
        if (!await scheduler.Exists(job, CancellationToken.None)) await scheduler.AddJob(Job(job, key), AddJobOptions.Replacing, CancellationToken.None);
        await scheduler.ScheduleJob(trigger, ScheduleJobOptions.Replacing, CancellationToken.None);
    }

    private static IJobDetail Job(JobKey job, ResourceKey run) => JobBuilder.Create<MeasurementJob>()
        .WithIdentity(job)
        .StoreDurably()
        .UsingJobData(MeasurementJob.Namespace, run.Namespace ?? "")
        .UsingJobData(MeasurementJob.Name, run.Name)
        .Build();
}
