using System.CommandLine;
using CanaryAnalyzer.Cli.Analyzing;
using CanaryAnalyzer.Cli.Backtesting;
using CanaryAnalyzer.Cli.Demo;
using CanaryAnalyzer.Cli.Hosting;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary>The command line: every command is a file in this folder, and is added here or, where it shows or steers Rollouts, to <see cref="RolloutCommands"/>.</summary>
internal static class Cli
{
    /// <summary>Runs a command line; returns the process's exit code.</summary>
    public static Task<int> RunAsync(CliHost host, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RolloutCommands.Handle(arguments)
            ? RolloutCommands.RunAsync(host, arguments, cancellationToken)
            : CommandRunner.RunAsync(host, Build(host), arguments, UsageErrorCode, cancellationToken);

    // 1 means something else there.
    private static int? UsageErrorCode(string command) => command is AnalyzeCommand.Name or BacktestCommand.Name ? (int)Outcome.Error : null;

    /// <summary>All commands.</summary>
    public static RootCommand Build(CliHost host)
    {
        var options = new GlobalOptions();
        var ofRollouts = RolloutCommands.Make(host, options);
        return CommandRunner.Root(host, options,
        [
            .. ofRollouts.SkipLast(1),
            LintCommand.Make(host),
            new Command("check", "Check all that a Rollout needs") { CheckRolloutCommand.Make(host, options) },
            AnalyzeCommand.Make(host),
            BacktestCommand.Make(host, options),
            JudgeCommand.Make(host),
            DemoCommand.Make(),
            ofRollouts[^1],
        ]);
    }
}
