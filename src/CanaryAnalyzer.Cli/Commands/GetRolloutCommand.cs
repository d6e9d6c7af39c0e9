using System.CommandLine;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Client.Reading;
using CanaryAnalyzer.Client.Views;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary><c>get rollout NAME</c>: a Rollout, its step, weights, gate and the tree of its objects.</summary>
internal static class GetRolloutCommand
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    public static Command Make(CliHost host, GlobalOptions options)
    {
        var name = new Argument<string>("NAME") { Description = "The Rollout" };
        var watch = new Option<bool>("--watch", "-w") { Description = "Show it again whenever it changes" };
        var noColour = new Option<bool>("--no-color") { Description = "Without colours" };
        var seconds = new Option<int>("--timeout-seconds") { Description = "With --watch: end after this time; 0: never" };
        var format = new Option<string?>("--output", "-o") { Description = "The Rollout alone, as json or yaml" };
        format.AcceptOnlyFromAmong("json", "yaml");
        var command = new Command("rollout", "Show a Rollout and its objects") { name, watch, noColour, seconds, format };
        command.Aliases.Add("ro");
        command.Aliases.Add("rollouts");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var cluster = options.Connect(parsed, host);
            var rollout = parsed.GetRequiredValue(name);
            if (parsed.GetValue(format) is { } wanted)
            {
                var found = await cluster.Objects.GetRolloutAsync(rollout, cancellationToken);
                await host.Out.WriteAsync(wanted == "json" ? ObjectText.Json(found) : ObjectText.Yaml(found));
                return;
            }

            var palette = new Palette(host.HasColours && !parsed.GetValue(noColour));
            var feed = new RolloutFeed(cluster.Objects, rollout, host.Time);
            var limit = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            if (parsed.GetValue(watch))
                await WatchAsync(host, feed, new RolloutText(palette), limit, cancellationToken);
            else
                await host.Out.WriteAsync(Render(host, new RolloutText(palette), await feed.ReadAsync(cancellationToken)));
        });
        return command;
    }

    private static async Task WatchAsync(CliHost host, RolloutFeed feed, RolloutText text, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = limit > TimeSpan.Zero ? new CancellationTokenSource(limit, host.Time) : new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var screen = new Screen(host);
        try
        {
            // Ages go on without changes: where a person looks, they have to be right.
            await foreach (var objects in feed.FollowAsync(host.IsTerminal ? Beat : null, ending.Token))
                await screen.ShowAsync(Render(host, text, objects));
        }
        catch (OperationCanceledException)
        {
            // Enough seen.
        }
    }

    private static string Render(CliHost host, RolloutText text, RolloutObjects objects)
    {
        var now = host.Time.GetUtcNow();
        return text.Render(RolloutView.Of(objects), now);
    }
}
