using System.CommandLine;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Client.Reading;
using CanaryAnalyzer.Client.Views;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary><c>list rollouts</c>: a line a Rollout; with <c>--watch</c> another line whenever one changes.</summary>
internal static class ListRolloutsCommand
{
    private static readonly string[] Columns = ["NAME", "STRATEGY", "STATUS", "STEP", "SET-WEIGHT", "READY", "DESIRED", "UP-TO-DATE", "AVAILABLE"];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Command Make(CliHost host, GlobalOptions options)
    {
        var name = new Option<string?>("--name") { Description = "Only the Rollout of this name" };
        var everywhere = new Option<bool>("--all-namespaces", "-A") { Description = "Those of all namespaces" };
        var watch = new Option<bool>("--watch", "-w") { Description = "Go on with every change" };
        var timestamps = new Option<bool>("--timestamps") { Description = "With the time in front" };
        var command = new Command("rollouts", "List Rollouts") { name, everywhere, watch, timestamps };
        command.Aliases.Add("ro");
        command.Aliases.Add("rollout");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var cluster = options.Connect(parsed, host);
            var scope = new ListOptions
            {
                Namespace = parsed.GetValue(everywhere) ? null : cluster.Namespace,
                FieldSelector = parsed.GetValue(name) is { } only ? $"metadata.name={only}" : null,
            };
            var list = new Listing(host, cluster, scope, parsed.GetValue(everywhere), parsed.GetValue(timestamps));
            try
            {
                await list.ShowAsync(parsed.GetValue(watch), cancellationToken);
            }
            catch (ResourceException failure) when (failure.IsNotFound)
            {
                throw ClusterNamespace.NotInstalled();
            }
        });
        return command;
    }

    private sealed class Listing(CliHost host, Cluster cluster, ListOptions scope, bool withNamespace, bool withTime)
    {
        private readonly TextTable _table = new();
        private readonly Dictionary<(string, string), RolloutLine> _shown = [];

        public async Task ShowAsync(bool watch, CancellationToken cancellationToken)
        {
            var found = await cluster.Resources.ListAsync(ResourceType.Rollouts, scope, cancellationToken);
            if (found.Items.Count == 0 && !watch)
            {
                await host.Error.WriteLineAsync("No resources found.");
                return;
            }

            Add("TIMESTAMP", "NAMESPACE", Columns);
            found.Items.Select(Line).OrderBy(line => (line.Namespace, line.Name)).ToList().ForEach(Add);
            await host.Out.WriteAsync(_table.Take());
            if (watch)
                await FollowAsync(found.ResourceVersion, cancellationToken);
        }

        private async Task FollowAsync(string version, CancellationToken cancellationToken)
        {
            try
            {
                while (true)
                {
                    version = await FollowOnceAsync(version, cancellationToken);
                    await Task.Delay(Pause, host.Time, cancellationToken);
                }
            }
            catch (OperationCanceledException)
            {
                // Enough seen.
            }
        }

        private async Task<string> FollowOnceAsync(string version, CancellationToken cancellationToken)
        {
            await foreach (var happened in cluster.Resources.WatchAsync(ResourceType.Rollouts, scope, version, cancellationToken))
            {
                if (happened.Kind == WatchEventKind.Expired)
                {
                    var again = await cluster.Resources.ListAsync(ResourceType.Rollouts, scope, cancellationToken);
                    again.Items.Select(Line).ToList().ForEach(Add);
                    version = again.ResourceVersion;
                }
                else
                {
                    version = happened.Object.Text("metadata", "resourceVersion") ?? version;
                    if (happened.Kind is WatchEventKind.Added or WatchEventKind.Modified)
                        Add(Line(happened.Object));
                }

                await host.Out.WriteAsync(_table.Take());
                await host.Out.FlushAsync(cancellationToken);
            }

            return version;
        }

        private static RolloutLine Line(JsonObject rollout) => RolloutLine.Of(RolloutSummary.Of(rollout));

        private void Add(RolloutLine line)
        {
            var key = (line.Namespace, line.Name);
            if (_shown.GetValueOrDefault(key) == line)
                return;
            _shown[key] = line;
            Add(
                KubernetesTime.Format(host.Time.GetUtcNow()),
                line.Namespace,
                [line.Name, line.Strategy, line.Status, line.Step, line.SetWeight, line.Ready, line.Desired, line.UpToDate, line.Available]);
        }

        private void Add(string time, string inNamespace, string[] columns)
        {
            List<Cell> row = [.. columns];
            if (withNamespace)
                row.Insert(0, inNamespace);
            if (withTime)
                row.Insert(0, time);
            _table.Add([.. row]);
        }
    }
}
