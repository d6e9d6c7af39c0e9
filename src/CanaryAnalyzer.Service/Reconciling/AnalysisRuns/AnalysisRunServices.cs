using CanaryAnalyzer.Service.Storage;
using CanaryAnalyzer.Service.Jobs;
using CanaryAnalyzer.Service.Loop;
using Quartz;

namespace CanaryAnalyzer.Service.Reconciling.AnalysisRuns;

/// <summary>Registers what measures AnalysisRuns.</summary>
internal static class AnalysisRunServices
{
    /// <summary>
    /// How many measurements may be under way: a job that waits for its provider holds no thread, and <see cref="ProviderTurns"/> protects the providers. With fewer, one
    /// provider that hangs would hold up all others.
    /// </summary>
    private const int Measurers = 10_000;

    /// <summary>
    /// Adds <see cref="AnalysisRunReconciler"/> and the scheduler that it sets; needs the metric providers, the caches, <see cref="Loop.WorkQueues"/> and a
    /// <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddAnalysisRuns(this IServiceCollection services)
    {
        services.AddQuartz(quartz => quartz.UseInMemoryStore().UseDefaultThreadPool(Measurers));
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = false);
        services.AddSingleton<DecisionClock>();
        services.AddSingleton<IAnalysisRunStore, AnalysisRunStore>();
        services.AddSingleton<OpenQuestions>().AddSingleton<IMeasurementSchedule, QuartzSchedule>();
        services.AddSingleton<EvidenceChain>().AddSingleton<ProviderTurns>().AddSingleton<Measurer>();
        return services.AddSingleton<AnalysisRunReconciler>().AddSingleton<LookLagWatch>();
    }
}
