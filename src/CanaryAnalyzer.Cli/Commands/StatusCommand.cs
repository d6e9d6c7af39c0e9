using System.CommandLine;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Client.Reading;
using CanaryAnalyzer.Client.Views;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary><c>status NAME</c>: waits until a Rollout is Healthy (exit code 0) or Degraded (1), for scripts.</summary>
internal static class StatusCommand
{
    public static Command Make(CliHost host, GlobalOptions options)
    {
        var name = new Argument<string>("NAME") { Description = "The Rollout" };
        var watch = new Option<bool>("--watch", "-w") { Description = "Wait until it is Healthy or Degraded", DefaultValueFactory = _ => true };
        var limit = new Option<TimeSpan>("--timeout", "-t")
        {
            Description = "How long to wait, for example 90s or 5m; 0: as long as it takes",
            DefaultValueFactory = _ => TimeSpan.Zero,
            CustomParser = result =>
            {
                if (!GoDuration.TryParse(result.Tokens[0].Value, out var duration) || duration < TimeSpan.Zero)
                    result.AddError($"'{result.Tokens[0].Value}' is no duration; write for example 90s or 5m");
                return duration;
            },
        };
        var command = new Command("status", "Wait for a Rollout to be Healthy or Degraded") { name, watch, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var cluster = options.Connect(parsed, host);
            var feed = new RolloutFeed(cluster.Objects, parsed.GetRequiredValue(name), host.Time);
            if (parsed.GetValue(watch))
                return await WatchAsync(host, feed, parsed.GetValue(limit), cancellationToken);
            await host.Out.WriteLineAsync(Line(PhaseView.Of(await cluster.Objects.GetRolloutAsync(parsed.GetRequiredValue(name), cancellationToken))));
            return 0;
        });
        return command;
    }

    private static async Task<int> WatchAsync(CliHost host, RolloutFeed feed, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = limit > TimeSpan.Zero ? new CancellationTokenSource(limit, host.Time) : new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var shown = "";
        try
        {
            await foreach (JsonObject rollout in feed.FollowRolloutAsync(ending.Token))
            {
                var phase = PhaseView.Of(rollout);
                if (Line(phase) != shown)
                {
                    shown = Line(phase);
                    await host.Out.WriteLineAsync(shown);
                }

                if (phase.Phase == "Healthy")
                    return 0;
                if (phase.Phase == "Degraded")
                    throw new CliException($"The rollout is in a degraded state with message: {phase.Message}");
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new CliException("Rollout status watch exceeded timeout");
        }

        return 1;
    }

    private static string Line(PhaseView phase) => phase.Message.Length == 0 ? phase.Phase : $"{phase.Phase} - {phase.Message}";
}
