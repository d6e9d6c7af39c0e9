using Spectre.Console;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>A bar a part of the work, for terminals.</summary>
internal sealed class BarProgress(ProgressContext context) : IBacktestProgress
{
    private ProgressTask? _task;

    public void Begin(string name, int total)
    {
        if (_task is { } before) before.Value = before.MaxValue;
        _task = context.AddTask(Markup.Escape(name), maxValue: Math.Max(1, total));
    }

    public void Step(bool isFree = false) => _task?.Increment(1);

    /// <summary>Runs work with bars on a terminal.</summary>
    public static Task<T> RunAsync<T>(TextWriter terminal, Func<IBacktestProgress, Task<T>> work) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes }).Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var progress = new BarProgress(context);
                var result = await work(progress);
                if (progress._task is { } last) last.Value = last.MaxValue;
                return result;
            });
}
