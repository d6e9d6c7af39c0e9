using System.Diagnostics;
using CanaryAnalyzer.Benchmarks.Clusters;
using CanaryAnalyzer.Benchmarks.Fleet;
using CanaryAnalyzer.Benchmarks.Processes;
using CanaryAnalyzer.Benchmarks.Reporting;

namespace CanaryAnalyzer.Benchmarks.Starting;

/// <summary>How long a command takes from its start to its end, beside the kubectl plugin of Argo Rollouts where there is one.</summary>
internal static class CliBenchmark
{
    private const int Rollouts = 50;
    private const int Repeats = 15;

    /// <summary>Runs it.</summary>
    /// <param name="choice">The cluster.</param>
    /// <param name="programs">Where the programs are, or go; null for the usual place.</param>
    /// <param name="peer">The peer's plugin; null to do without.</param>
    /// <param name="token">Ends it.</param>
    public static async Task RunAsync(BenchCluster choice, string? programs, string? peer, CancellationToken token)
    {
        var controllerProgram = await Programs.ControllerAsync(programs, token);
        var program = await Programs.CommandLineAsync(programs, token);
        FigureTable.Progress("starting a cluster");
        await using var cluster = await HollowCluster.OpenAsync(choice, token);
        var rollouts = RoutedRollout.Many(Rollouts, 2, RoutedRollout.PauseSteps);
        await cluster.CreateAsync(rollouts.SelectMany(r => r.Surroundings), token);
        await using (var controller = ControllerProcess.Start(controllerProgram, cluster.ControllerKubeconfig, Path.Combine(Path.GetTempPath(), $"canary-cli-{Environment.ProcessId}.log")))
        {
            await controller.ReadyAsync(token);
            await cluster.CreateAsync(rollouts.Select(r => r.Manifest("app:v1")), token);
            await FollowedRollouts.AllAsync(cluster.Resources, Rollouts, r => RoutedRollout.HasDelivered(r, "app:v1"), TimeSpan.FromMinutes(2), token);
        }

        var table = new FigureTable($"commands, {Rollouts} Rollouts, median of {Repeats}");
        foreach (var (arguments, wanted) in new[] { ("version", ""), ("list rollouts", "≤ 60 (≤ 40)"), ("get rollout r0", "≤ 100") })
        {
            FigureTable.Progress(arguments);
            table.Add($"`canaryctl {arguments}`, ms (MiB)", await MedianAsync(program, arguments, cluster.ControllerKubeconfig, token), wanted);
            if (peer is not null) table.Add($"the peer's `{arguments}`, ms (MiB)", await MedianAsync(peer, arguments, cluster.ControllerKubeconfig, token));
        }

        table.Write();
    }

    private static async Task<string> MedianAsync(string program, string arguments, string kubeconfig, CancellationToken token)
    {
        // Looking at a process takes its share of the two cores: memory is measured in runs of its own.
        var peaks = new List<int>();
        for (var i = 0; i < 3; i++) peaks.Add((await RunAsync(program, arguments, kubeconfig, isWatched: true, token)).PeakMiB);
        var times = new List<double>();
        for (var i = 0; i < Repeats; i++) times.Add((await RunAsync(program, arguments, kubeconfig, isWatched: false, token)).Milliseconds);
        return $"{times.Order().ElementAt(Repeats / 2):0} ({peaks.Max()})";
    }

    private static async Task<(double Milliseconds, int PeakMiB)> RunAsync(string program, string arguments, string kubeconfig, bool isWatched, CancellationToken token)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["KUBECONFIG"] = kubeconfig;
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var reading = process.StandardOutput.ReadToEndAsync(token);
        var failing = process.StandardError.ReadToEndAsync(token);
        var peak = 0;
        while (isWatched && !process.HasExited)
        {
            peak = Math.Max(peak, Usage.Of(process.Id).PeakMiB);
            await Task.WhenAny(process.WaitForExitAsync(token), Task.Delay(2, token));
        }

        await process.WaitForExitAsync(token);
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        if (process.ExitCode != 0 || (await reading).Length == 0) throw new InvalidOperationException($"{arguments} ended with exit code {process.ExitCode}: {await failing}");
        return (took, peak);
    }
}
