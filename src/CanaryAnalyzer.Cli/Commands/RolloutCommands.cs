using System.CommandLine;
using CanaryAnalyzer.Cli.Hosting;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary>
/// The commands that show and steer a Rollout: those that users and scripts call again and again. They are built without the others, whose options, metric
/// backends and judge would take longer to load than the answer of the API server; and they need no reflection, so that they can be compiled ahead of time.
/// </summary>
internal static class RolloutCommands
{
    private static readonly string[] Names = ["get", "list", "status", "promote", "abort", "retry", "pause", "version"];
    private static readonly string[] OptionsWithValue = ["--namespace", "-n", "--kubeconfig", "--context"];

    /// <summary>Whether a command line is one of these; false too where that can't be told without parsing it.</summary>
    public static bool Handle(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            if (OptionsWithValue.Contains(arguments[index], StringComparer.Ordinal))
                index++;
            else if (!arguments[index].StartsWith('-'))
                return Names.Contains(arguments[index], StringComparer.Ordinal);
        }

        return false;
    }

    /// <summary>Runs one of them; returns the process's exit code.</summary>
    public static Task<int> RunAsync(CliHost host, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var options = new GlobalOptions { IsClusterOnlyPeer = true };
        return CommandRunner.RunAsync(host, CommandRunner.Root(host, options, Make(host, options)), arguments, _ => null, cancellationToken);
    }

    /// <summary>The commands, in the order of the help; <c>version</c>, the last, stands at its end.</summary>
    public static IReadOnlyList<Command> Make(CliHost host, GlobalOptions options) =>
    [
        new Command("get", "Show a Rollout and its objects") { GetRolloutCommand.Make(host, options) },
        new Command("list", "List Rollouts") { ListRolloutsCommand.Make(host, options) },
        StatusCommand.Make(host, options),
        PromoteCommand.Make(host, options),
        ChangeCommands.Abort(host, options),
        new Command("retry", "Retry an aborted Rollout") { ChangeCommands.RetryRollout(host, options) },
        ChangeCommands.Pause(host, options),
        VersionCommand.Make(host),
    ];
}
