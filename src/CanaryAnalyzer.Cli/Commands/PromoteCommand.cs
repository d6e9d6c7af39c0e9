using System.CommandLine;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Client.Commands;
using CanaryAnalyzer.Core.Rollouts.Commands;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary><c>promote NAME</c>: end a pause, skip a step, or go to the end.</summary>
internal static class PromoteCommand
{
    public static Command Make(CliHost host, GlobalOptions options)
    {
        var name = new Argument<string>("NAME") { Description = "The Rollout" };
        var full = new Option<bool>("--full") { Description = "To the end: skip all steps, pauses and analysis" };
        var step = new Option<int?>("--step") { Description = "Only if the Rollout is at this step, as `get rollout` shows it before the slash" };
        var command = new Command("promote", "End the pause that a Rollout is in, or skip its current step") { name, full, step };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var cluster = options.Connect(parsed, host);
            var said = await new RolloutWriter(cluster.Objects).ChangeAsync(
                parsed.GetRequiredValue(name),
                parsed.GetValue(full) ? Promotion.Full : state => Promotion.Next(state, new SeenStep(parsed.GetValue(step), host.Started)),
                cancellationToken);
            await host.Out.WriteLineAsync(said);
        });
        return command;
    }
}
