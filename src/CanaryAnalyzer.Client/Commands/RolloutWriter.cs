using System.Text.Json.Nodes;
using CanaryAnalyzer.Client.Reading;
using CanaryAnalyzer.Core.Rollouts.Commands;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Commands;

/// <summary>
/// Carries out users' commands, each write on the condition that the Rollout is still the version which was read, so that nothing happens to a state that the user didn't
/// see.
/// </summary>
/// <param name="cluster">Where the Rollouts are.</param>
public sealed class RolloutWriter(ClusterNamespace cluster)
{
    private const int MaxTries = 5;

    /// <summary>Plans on the Rollout as it is, and writes.</summary>
    /// <param name="name">The Rollout.</param>
    /// <param name="command">What the user wants, such as <see cref="SimpleCommands.Abort"/>.</param>
    /// <param name="cancellationToken">Ends it; what is written by then stays.</param>
    /// <returns>What to tell the user.</returns>
    /// <exception cref="ClientException">The command was refused, or the Rollout is now in another state than the one that the command was meant for.</exception>
    public async Task<string> ChangeAsync(string name, Func<CommandState, CommandOutcome> command, CancellationToken cancellationToken)
    {
        var rollout = await cluster.GetRolloutAsync(name, cancellationToken);
        var first = Plan(rollout, command);
        var outcome = first;
        for (var attempt = 1; outcome is CommandOutcome.Change change; attempt++)
        {
            try
            {
                await WriteAsync(rollout, change, cancellationToken);
                return first.Message;
            }
            catch (ResourceException failure) when (failure.IsConflict && attempt < MaxTries)
            {
                rollout = await cluster.GetRolloutAsync(name, cancellationToken);
                outcome = Plan(rollout, command);
                var (before, after) = (Intent(first), Intent(outcome));
                if (after != before) throw new ClientException($"rollout '{name}' changed in the meantime: it was {before} and is now {after}; nothing was done");
            }
        }

        return outcome.Message;
    }

    private static CommandOutcome Plan(JsonObject rollout, Func<CommandState, CommandOutcome> command) =>
        command(CommandStateReader.Read(rollout)) is var outcome && outcome is CommandOutcome.Refused refused ? throw new ClientException(refused.Message) : outcome;

    private static string Intent(CommandOutcome outcome) => outcome switch
    {
        CommandOutcome.Change change => change.Intent,
        CommandOutcome.Nothing nothing => nothing.Intent,
        _ => "",
    };

    private async Task WriteAsync(JsonObject rollout, CommandOutcome.Change change, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(cluster.Name, rollout.Name());
        if (change.Status is { } edit) await WriteStatusAsync(key, Patch(rollout, "status", Status(edit)), cancellationToken);
        if (change.Paused is not { } paused) return;

        // With the status written on its condition the decision has fallen; the controller may have continued since, and that must not stop the rest of it.
        var spec = new JsonObject { ["paused"] = paused };
        var patch = change.Status is null ? Patch(rollout, "spec", spec) : new JsonObject { ["spec"] = spec };
        await cluster.Resources.MergePatchAsync(ResourceType.Rollouts, key, patch, subresource: null, cancellationToken);
    }

    private async Task WriteStatusAsync(ResourceKey key, JsonObject patch, CancellationToken cancellationToken)
    {
        try
        {
            await cluster.Resources.MergePatchAsync(ResourceType.Rollouts, key, patch, "status", cancellationToken);
        }
        catch (ResourceException failure) when (failure.IsNotFound)
        {
            // Very old definitions of the kind have no status subresource.
            await cluster.Resources.MergePatchAsync(ResourceType.Rollouts, key, patch, subresource: null, cancellationToken);
        }
    }

    private static JsonObject Status(StatusEdit edit)
    {
        var status = new JsonObject();
        if (edit.Abort is { } abort) status["abort"] = abort;
        if (edit.PromoteFull is { } full) status["promoteFull"] = full;
        if (edit.ClearsPauses) status["pauseConditions"] = null;
        if (edit.ControllerPause is { } pause) status["controllerPause"] = pause;
        if (edit.Step is { } step) status["currentStepIndex"] = step;
        return status;
    }

    private static JsonObject Patch(JsonObject rollout, string part, JsonObject content) => new()
    {
        ["metadata"] = new JsonObject { ["resourceVersion"] = rollout.ResourceVersion() },
        [part] = content,
    };
}
