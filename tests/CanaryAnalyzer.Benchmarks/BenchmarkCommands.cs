using System.CommandLine;
using CanaryAnalyzer.Benchmarks.Analyses;
using CanaryAnalyzer.Benchmarks.Clusters;
using CanaryAnalyzer.Benchmarks.Fleet;
using CanaryAnalyzer.Benchmarks.Gates;
using CanaryAnalyzer.Benchmarks.Soaking;
using CanaryAnalyzer.Benchmarks.Starting;

namespace CanaryAnalyzer.Benchmarks;

/// <summary>The measurements of whole programs, a command each.</summary>
internal static class BenchmarkCommands
{
    private static readonly Option<string?> Kubeconfig = new("--kubeconfig") { Description = "a cluster that is up, with pods that turn ready; without it ../shared/cluster starts one" };
    private static readonly Option<string?> Audit = new("--audit") { Description = "that cluster's audit log; the controller's user has to be named controller" };
    private static readonly Option<int> Port = new("--port") { Description = "port of a cluster that is started", DefaultValueFactory = _ => 26543 };
    private static readonly Option<string?> Programs = new("--programs") { Description = "folder to publish the programs to" };
    private static readonly Option<int> Count = new("--count", "-n") { Description = "how many Rollouts or AnalysisRuns" };

    /// <summary>All of them.</summary>
    public static RootCommand Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "how long to watch", DefaultValueFactory = _ => 50 };
        var peer = new Option<string?>("--peer") { Description = "program of kubectl argo rollouts, to be measured too" };
        var updates = new Option<int>("--updates") { Description = "how many updates", DefaultValueFactory = _ => 10_000 };
        var root = new RootCommand("Measures what the product costs. `pods` and BenchmarkDotNet's options are described in the README.")
        {
            Command("fleet", "Routed Rollouts updated at once: time, requests, CPU, memory", (p, t) => FleetBenchmark.RunAsync(Cluster(p), CountOr(p, 300), p.GetValue(Programs), t), Count),
            Command("analyses", "AnalysisRuns of three metrics every 10 s: punctuality and CPU", (p, t) =>
                AnalysesBenchmark.RunAsync(Cluster(p), CountOr(p, 1000), TimeSpan.FromSeconds(p.GetValue(seconds)), p.GetValue(Programs), t), Count, seconds),
            Command("gates", "Judged pauses on a real Prometheus: CPU, queries and reconciles a look", (p, t) => GatesBenchmark.RunAsync(Cluster(p), CountOr(p, 300), p.GetValue(Programs), t), Count),
            Command("start", "The controller from its start to its first decision", (p, t) => StartBenchmark.RunAsync(Cluster(p), p.GetValue(Programs), t)),
            Command("cli", "canaryctl from its start to its end", (p, t) => CliBenchmark.RunAsync(Cluster(p), p.GetValue(Programs), p.GetValue(peer), t), peer),
        };
        var soak = new Command("soak", "Thousands of updates on an API server in this process: nothing may grow") { updates, Programs };
        soak.SetAction((parsed, token) => SoakBenchmark.RunAsync(parsed.GetValue(updates), parsed.GetValue(Programs), token));
        root.Subcommands.Add(soak);
        return root;
    }

    private static Command Command(string name, string description, Func<ParseResult, CancellationToken, Task> run, params IEnumerable<Option> options)
    {
        var command = new Command(name, description) { Kubeconfig, Audit, Port, Programs };
        foreach (var option in options) command.Options.Add(option);
        command.SetAction(async (parsed, token) => await run(parsed, token));
        return command;
    }

    private static BenchCluster Cluster(ParseResult parsed) => new(parsed.GetValue(Kubeconfig), parsed.GetValue(Audit), parsed.GetValue(Port));

    private static int CountOr(ParseResult parsed, int usual) => parsed.GetValue(Count) is > 0 and var count ? count : usual;
}
