using System.CommandLine;
using CanaryAnalyzer.Cli.Checking;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Client;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary><c>check rollout NAME</c>: everything that must hold for a Rollout to be judged, link by link, with what mends each.</summary>
internal static class CheckRolloutCommand
{
    public static Command Make(CliHost host, GlobalOptions options)
    {
        var name = new Argument<string>("NAME") { Description = "The Rollout" };
        var prometheus = new Option<string?>("--prometheus") { Description = "A Prometheus to ask instead of the one that templates or the controller name" };
        var format = new Option<string>("--output", "-o") { Description = "text or json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("rollout", "Check all that a Rollout needs to be judged") { name, prometheus, format };
        command.Aliases.Add("ro");
        command.Aliases.Add("rollouts");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = NamedValues.Address(parsed.GetValue(prometheus), "--prometheus");
            using var cluster = options.Connect(parsed, host);
            var lines = await RunAsync(host, cluster, parsed.GetRequiredValue(name), address, cancellationToken);
            if (parsed.GetValue(format) == "json")
                await host.Out.WriteAsync(ObjectText.Json(CheckText.Json(parsed.GetRequiredValue(name), lines)));
            else
                await host.Out.WriteAsync(CheckText.Of(lines, new Palette(host.HasColours), host.Width));
            return lines.Any(line => line.State == CheckState.Bad) ? 1 : 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<CheckLine>> RunAsync(CliHost host, Cluster cluster, string name, Uri? address, CancellationToken cancellationToken)
    {
        var installation = new InstallationCheck(cluster.Resources);
        ClusterFacts facts;
        try
        {
            facts = await ClusterFacts.ReadAsync(cluster, name, cancellationToken);
        }
        catch (ClientException failure)
        {
            return [.. await installation.RunAsync(null, cancellationToken), new CheckLine(CheckState.Bad, $"Rollout {name}", failure.Message)];
        }

        var controller = new ControllerCheck(cluster.Resources, facts, host.Time);
        List<CheckLine> lines =
        [
            .. await installation.RunAsync(facts.Rollout, cancellationToken), .. await controller.RunAsync(cancellationToken), .. new RolloutCheck(facts).Run(),
        ];
        if (facts.Spec is { } spec)
        {
            lines.AddRange(await new TrafficCheck(cluster.Resources, facts).RunAsync(spec.Strategy, cancellationToken));
            lines.AddRange(new PolicyLines(facts).Run());
            lines.AddRange(await new MetricsCheck(host, facts, address, controller, cluster.Services).RunAsync(cancellationToken));
        }

        lines.AddRange(facts.Unread.Select(unread => new CheckLine(CheckState.Warning, "Not read", $"{unread}: checks that need it are wrong or left out")));
        return lines;
    }
}
