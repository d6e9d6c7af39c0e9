using CanaryAnalyzer.Dashboard.Explanations;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Service.Loop;
using Quartz;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>Asks a metric's provider the open question once, and hands the answer to the run's next pass.</summary>
[DisallowConcurrentExecution]
internal sealed class MeasurementJob(
    OpenQuestions questions, IMeasurementSchedule schedule, Measurer measurer, EvidenceChain chain, ExplanationStore explanations, WorkQueues queues, DecisionClock clock, ILogger<MeasurementJob> logger) : IJob
{
    public const string Namespace = "namespace";
    public const string Name = "name";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.JobDetail.JobDataMap;
        var key = new ResourceKey(data.GetString(Namespace), data.GetString(Name)!);
        var (metric, uid) = (context.JobDetail.Key.Name, context.JobDetail.Key.Group);
        if (!questions.TryTake(key, uid, metric, out var question))
        {
            // A clock that was set back has triggers fire before their time: the run's next pass sets another.
            if (questions.TryReopen(key, uid, metric)) queues.Runs.Add(key);
            return;
        }

        try
        {
            await AskAsync(key, uid, question, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping: the run's status asks again after the next start.
        }
        catch
        {
            // The run's next pass opens again whatever is not answered.
            questions.Withdraw(key, question.Due.Slot);
            queues.Runs.Add(key);
            throw;
        }
    }

    private async ValueTask AskAsync(ResourceKey key, string uid, OpenQuestion question, CancellationToken cancellationToken)
    {
        var metric = question.Due.Slot.Metric;
        if (chain.WaitUntil(question) is { } again)
        {
            // The run's next pass opens the question again.
            questions.Withdraw(key, question.Due.Slot);
            queues.Runs.AddAt(key, again);
            Log.PutOff(logger, key, metric, again);
            return;
        }

        if (await measurer.AskAsync(question, cancellationToken) is not { } answer) return;
        Log.Measured(logger, key, metric, answer.Measurement.Phase);
        if (answer.Measurement.Explanation is { } explanation) explanations.Add(key, uid, metric, new KeptLook(clock.Now, explanation));
        questions.Answer(key, uid, answer, queues.Runs.AddAt);
        await schedule.ContinueAsync(key, uid, cancellationToken);
    }
}
