using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CanaryAnalyzer.Benchmarks.Processes;

/// <summary>The controller under measurement, a process of its own.</summary>
internal sealed class ControllerProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly Process process;
    private readonly int metrics;
    private readonly int health;

    private ControllerProcess(Process process, int metrics, int health) => (this.process, this.metrics, this.health) = (process, metrics, health);

    public Usage Usage => Usage.Of(process.Id);

    /// <summary>Starts it; it is not ready yet.</summary>
    /// <param name="program">The program.</param>
    /// <param name="kubeconfig">As whom it works.</param>
    /// <param name="log">The file for what it says.</param>
    /// <param name="options">More options.</param>
    public static ControllerProcess Start(string program, string kubeconfig, string log, params IEnumerable<string> options)
    {
        var (metrics, health) = (FreePort(), FreePort());
        string[] arguments =
        [
            "--kubeconfig", kubeconfig, "--address", "127.0.0.1", "--metrics-port", Text(metrics), "--healthz-port", Text(health),
            "--parent-pid", Text(Environment.ProcessId), "--loglevel", "warn", .. options,
        ];

        // Through a shell, so that the log goes into the file without passing through this process; exec keeps the process.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1", log, program, .. arguments]);
        return new ControllerProcess(Process.Start(start)!, metrics, health);
    }

    /// <summary>Waits until it says that it is ready, and returns how long that took.</summary>
    public async Task<TimeSpan> ReadyAsync(CancellationToken token)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException($"The controller ended with exit code {process.ExitCode}");
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(60)) throw new TimeoutException("The controller is not ready after 60 s");
            try
            {
                using var answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{health}/readyz"), token);
                if (answer.StatusCode == HttpStatusCode.OK) return Stopwatch.GetElapsedTime(started);
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }

            await Task.Delay(5, token);
        }
    }

    /// <summary>The lines of its /metrics that are samples.</summary>
    public async Task<IReadOnlyList<string>> SamplesAsync(CancellationToken token) =>
        [.. (await Http.GetStringAsync(new Uri($"http://127.0.0.1:{metrics}/metrics"), token)).Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

    /// <summary>The sum of the samples of one name.</summary>
    public async Task<double> SumAsync(string name, CancellationToken token) =>
        (await SamplesAsync(token)).Where(s => s.StartsWith(name + "{", StringComparison.Ordinal) || s.StartsWith(name + " ", StringComparison.Ordinal))
            .Sum(s => double.Parse(s[(s.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", Text(process.Id)])) await kill.WaitForExitAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
            }
        }

        process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
