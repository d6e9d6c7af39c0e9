using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Viewing;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Changing;

/// <summary>The step that a user saw when a promote was started: two promotes at once are meant for one step, and must not pass two.</summary>
/// <param name="Named">The step that the user named, as <c>get rollout</c> shows it; null where none was.</param>
/// <param name="Started">When the command was started.</param>
internal sealed record SeenStep(int? Named, DateTimeOffset Started)
{
    /// <summary>Refuses a Rollout that is at another step than the user saw.</summary>
    /// <exception cref="CliException">It is.</exception>
    public void Require(JsonObject rollout)
    {
        var (name, step) = (Changes.Name(rollout), rollout.Whole("status", "currentStepIndex"));
        if (Named is { } named && named != step)
            throw new CliException(string.Create(CultureInfo.InvariantCulture, $"rollout '{name}' is at step {step}, not at step {named}; nothing was done"));
        if (Named is null && Began(rollout) > Started)
        {
            throw new CliException(string.Create(
                CultureInfo.InvariantCulture,
                $"rollout '{name}' came to step {step} after this command was started; nothing was done. To promote that step too, run it again, or name the step, as where this machine's clock is behind the cluster's: --step {step}"));
        }
    }

    /// <summary>Whether the step is one that another promote skipped to, and that no controller has taken up.</summary>
    public static bool IsBeingSkipped(JsonObject rollout) =>
        rollout.Whole("status", "canary", "release", "step") is { } known && known != rollout.Whole("status", "currentStepIndex");

    // Other controllers write no time of the step, and the pause's in whole seconds, cut off.
    private static DateTimeOffset? Began(JsonObject rollout) => rollout.At("status", "canary", "release", "stepSince") is not null
        ? rollout.Instant("status", "canary", "release", "stepSince")
        : rollout.Items("status", "pauseConditions").Select(pause => pause.Instant("startTime")).Max();
}
