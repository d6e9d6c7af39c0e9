using Spectre.Console;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>A bar a part of the work, for terminals.</summary>
internal sealed class BarProgress(IAnsiConsole console, ProgressContext context) : IBacktestProgress
{
    private ProgressTask? _task;
    private string _remark = "";

    public void Begin(string name, int total)
    {
        if (_task is { } before) before.Value = before.MaxValue;
        _task = context.AddTask(Markup.Escape(name), maxValue: Math.Max(1, total));
    }

    public void Step(bool isFree = false) => _task?.Increment(1);

    public void Remark(string sentence)
    {
        if (Interlocked.Exchange(ref _remark, sentence) != sentence) console.WriteLine(sentence);
    }

    /// <summary>Runs work with bars on a terminal.</summary>
    public static Task<T> RunAsync<T>(TextWriter terminal, Func<IBacktestProgress, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var progress = new BarProgress(console, context);
                var result = await work(progress);
                if (progress._task is { } last) last.Value = last.MaxValue;
                return result;
            });
    }
}
