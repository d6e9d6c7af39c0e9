using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace CanaryAnalyzer.EndToEnd.Tests.Stages;

/// <summary>The controller as it is shipped, a process of its own, so that it can be killed.</summary>
internal sealed class ControllerProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(15);
    private readonly ConcurrentQueue<string> lines = new();
    private readonly Process process;

    private ControllerProcess(Process process) => this.process = process;

    /// <summary>What it logged.</summary>
    public string Log => string.Join('\n', lines);

    public bool HasExited => process.HasExited;

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>Starts it on one namespace.</summary>
    /// <param name="kubeconfig">How it reaches the cluster.</param>
    /// <param name="inNamespace">The namespace that it works in.</param>
    /// <param name="prometheus">The Prometheus of metrics that name none.</param>
    /// <param name="options">More options.</param>
    public static ControllerProcess Start(string kubeconfig, string inNamespace, Uri prometheus, params IEnumerable<string> options)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "canary-analyzer");
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
        [
            "--kubeconfig", kubeconfig, "--namespace", inNamespace, "--prometheus", prometheus.GetLeftPart(UriPartial.Authority), "--address", "127.0.0.1",
            "--healthz-port", "0", "--parent-pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), .. options,
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        if (!arguments.Contains("--metrics-port", StringComparer.Ordinal))
        {
            start.ArgumentList.Add("--metrics-port");
            start.ArgumentList.Add("0");
        }

        var controller = new ControllerProcess(Process.Start(start)!);
        controller.process.OutputDataReceived += (_, line) => controller.Keep(line.Data);
        controller.process.ErrorDataReceived += (_, line) => controller.Keep(line.Data);
        controller.process.BeginOutputReadLine();
        controller.process.BeginErrorReadLine();
        return controller;
    }

    /// <summary><c>kill -9</c>: nothing is finished, nothing given back.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>SIGTERM, as Kubernetes sends it, and how long it took to end; null where it had to be killed.</summary>
    public async Task<TimeSpan?> StopAsync()
    {
        var watch = Stopwatch.StartNew();
        if (process.HasExited) return watch.Elapsed;
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(CancellationToken.None);
        using var limit = new CancellationTokenSource(EndLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return watch.Elapsed;
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null) lines.Enqueue(line);
    }
}
