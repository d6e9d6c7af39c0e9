using System.CommandLine;
using System.CommandLine.Invocation;
using CanaryAnalyzer.Cli.Analyzing;
using CanaryAnalyzer.Cli.Backtesting;
using CanaryAnalyzer.Cli.Demo;
using CanaryAnalyzer.Cli.Hosting;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary>The command line: every command is a file in this folder, and is added here.</summary>
internal static class Cli
{
    // The demo ends its children and removes its files when it is interrupted: give it the time.
    private static readonly TimeSpan AfterInterrupt = TimeSpan.FromSeconds(20);

    /// <summary>Runs a command line; returns the process's exit code.</summary>
    public static async Task<int> RunAsync(CliHost host, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var parsed = Build(host).Parse(arguments);
        // A page of help would bury the one line that says what is wrong, and stdout is for answers.
        if (parsed.Action is ParseErrorAction wrong)
            wrong.ShowHelp = false;
        try
        {
            var code = await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = host.Out, Error = host.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = AfterInterrupt,
                },
                cancellationToken);

            // 1 means something else there.
            return parsed.Errors.Count > 0 && parsed.CommandResult.Command.Name is AnalyzeCommand.Name or BacktestCommand.Name ? (int)Outcome.Error : code;
        }
        catch (Exception exception) when (Failures.Describe(exception) is { } text)
        {
            await host.Error.WriteLineAsync($"Error: {text}");
            return 1;
        }
    }

    private static RootCommand Build(CliHost host)
    {
        var options = new GlobalOptions();
        var root = new RootCommand("Watch and steer Rollouts")
        {
            options.Namespace,
            options.Kubeconfig,
            options.Context,
            new Command("get", "Show a Rollout and its objects") { GetRolloutCommand.Make(host, options) },
            new Command("list", "List Rollouts") { ListRolloutsCommand.Make(host, options) },
            StatusCommand.Make(host, options),
            PromoteCommand.Make(host, options),
            ChangeCommands.Abort(host, options),
            new Command("retry", "Retry an aborted Rollout") { ChangeCommands.RetryRollout(host, options) },
            ChangeCommands.Pause(host, options),
            LintCommand.Make(host),
            new Command("check", "Check all that a Rollout needs") { CheckRolloutCommand.Make(host, options) },
            AnalyzeCommand.Make(host),
            BacktestCommand.Make(host, options),
            JudgeCommand.Make(host),
            DemoCommand.Make(),
            VersionCommand.Make(host),
        };
        root.HelpName = host.CommandName;
        return root;
    }
}
