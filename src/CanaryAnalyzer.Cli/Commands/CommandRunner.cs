using System.CommandLine;
using System.CommandLine.Invocation;
using CanaryAnalyzer.Cli.Hosting;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary>Runs a command of a tree, and says in a line what went wrong.</summary>
internal static class CommandRunner
{
    // The demo ends its children and removes its files when it is interrupted: give it the time.
    private static readonly TimeSpan AfterInterrupt = TimeSpan.FromSeconds(20);

    /// <summary>The root above commands, with the global options.</summary>
    public static RootCommand Root(CliHost host, GlobalOptions options, IEnumerable<Command> commands)
    {
        var root = new RootCommand("Watch and steer Rollouts") { options.Namespace, options.Kubeconfig, options.Context };
        foreach (var command in commands)
            root.Subcommands.Add(command);
        root.HelpName = host.CommandName;
        return root;
    }

    /// <summary>Runs a command line; returns the process's exit code.</summary>
    /// <param name="host">Where it runs.</param>
    /// <param name="root">The commands.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="usageErrorCode">The exit code of a command that was called wrongly, by its name; null for the usual one.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public static async Task<int> RunAsync(
        CliHost host, RootCommand root, IReadOnlyList<string> arguments, Func<string, int?> usageErrorCode, CancellationToken cancellationToken)
    {
        var parsed = root.Parse(arguments);
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
            return parsed.Errors.Count > 0 && usageErrorCode(parsed.CommandResult.Command.Name) is { } other ? other : code;
        }
        catch (Exception exception) when (Failures.Describe(exception) is { } text)
        {
            await host.Error.WriteLineAsync($"Error: {text}");
            return 1;
        }
    }
}
