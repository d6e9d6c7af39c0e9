using System.CommandLine;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Client.Commands;
using CanaryAnalyzer.Core.Rollouts.Commands;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary><c>abort</c>, <c>retry rollout</c> and <c>pause</c>: each for one or more Rollouts, in their order, up to the first that fails.</summary>
internal static class ChangeCommands
{
    public static Command Abort(CliHost host, GlobalOptions options) =>
        Make(host, options, new Command("abort", "Abort an update: all traffic back to the stable version"), SimpleCommands.Abort);

    public static Command RetryRollout(CliHost host, GlobalOptions options) =>
        Make(host, options, new Command("rollout", "Retry aborted Rollouts") { Aliases = { "ro", "rollouts" } }, SimpleCommands.Retry);

    public static Command Pause(CliHost host, GlobalOptions options) =>
        Make(host, options, new Command("pause", "Make Rollouts stand still until they are promoted"), SimpleCommands.Pause);

    private static Command Make(CliHost host, GlobalOptions options, Command command, Func<CommandState, CommandOutcome> plan)
    {
        var names = new Argument<string[]>("NAME") { Description = "The Rollouts", Arity = ArgumentArity.OneOrMore };
        command.Add(names);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var cluster = options.Connect(parsed, host);
            var writer = new RolloutWriter(cluster.Objects);
            foreach (var name in parsed.GetRequiredValue(names))
                await host.Out.WriteLineAsync(await writer.ChangeAsync(name, plan, cancellationToken));
        });
        return command;
    }
}
