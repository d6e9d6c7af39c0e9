using System.Runtime.InteropServices;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.LocalCluster;
using Spectre.Console;

namespace CanaryAnalyzer.Cli.Demo;

/// <summary>Starts all parts, tells the story, and ends all parts, whatever happens.</summary>
internal static class DemoProgram
{
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(DemoOptions options, CancellationToken token)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var onHangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        using var folder = DemoFolder.Create();
        try
        {
            return await RunAsync(options, folder, stop.Token);
        }
        catch (Exception e) when (e is DemoFailure or ManifestException)
        {
            if (e is DemoFailure && Directory.GetFiles(folder.Path, "*.log").Length > 0)
            {
                folder.Keep();
                await SayErrorAsync($"canaryctl demo: {e.Message} (logs: {folder.Path})");
            }
            else
            {
                await SayErrorAsync($"canaryctl demo: {e.Message}");
            }

            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await SayErrorAsync("canaryctl demo: stopped; nothing is left running");
            return Interrupted;
        }
    }

    private static async Task<int> RunAsync(DemoOptions options, DemoFolder folder, CancellationToken token)
    {
        var state = new DemoState();
        var isLive = !options.Exit && !Console.IsOutputRedirected;
        if (!isLive)
            state.Listener = text => Console.WriteLine($"{Screen.Since(state, TimeProvider.System.GetUtcNow())} {text}");
        var files = DemoFolder.Files(options.Files);
        var binary = PrometheusProcess.Find(options);
        await using var cluster = await StartClusterAsync(options, files, folder, token);
        state.Say($"a small cluster is up: kubectl --kubeconfig {cluster.KubeconfigPath}");
        await using var prometheus = await PrometheusProcess.StartAsync(binary, options.PrometheusPort, folder, cluster.TargetsUrl, token);
        state.Say($"Prometheus is up: {prometheus.Url}");
        cluster.ApplyPath(Path.Combine(files, "demo", "manifests"));
        await using var controller = ControllerProcess.Start(folder, prometheus.Url);
        await using var load = new LoadGenerator(cluster.GatewayUrl, "example.com", options.Rate);
        state.Load = load;
        state.Say($"the controller is up; {options.Rate} requests a second go through {cluster.GatewayUrl}");

        using var connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = folder.Kubeconfig, UserAgent = "canaryctl-demo" }, TimeProvider.System);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
        var story = new Story(connection.Resources, state, options);
        var deaths = new[] { prometheus.DiedAsync(over.Token), controller.DiedAsync(over.Token) };
        try
        {
            return await ShowAsync(story, state, options, isLive, deaths, Hints.Of(folder.Kubeconfig, cluster.GatewayUrl, prometheus.Url), token);
        }
        finally
        {
            await over.CancelAsync();
        }
    }

    private static async Task<int> ShowAsync(
        Story story, DemoState state, DemoOptions options, bool isLive, Task<DemoFailure>[] deaths, IEnumerable<string> hints, CancellationToken token)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(options.Deadline);
        bool right;
        try
        {
            right = await WatchedAsync(story.TellAsync(limited.Token), state, isLive, deaths, limited.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new DemoFailure($"no end within {options.Deadline.TotalMinutes} minutes; the Rollout is {state.Scene.Phase} {state.Scene.Message}");
        }

        state.Say(right ? "the judge was right twice" : "the demo did not go as it should");
        if (!isLive)
            return right ? 0 : 1;
        // Not through Spectre, which would break the commands into lines.
        foreach (var hint in hints)
            Console.WriteLine(hint);
        AnsiConsole.WriteLine();
        await WatchedAsync(StayAsync(story, token), state, isLive, deaths, token);
        return right ? 0 : 1;
    }

    private static async Task<bool> StayAsync(Story story, CancellationToken token)
    {
        await story.WatchAsync(token);
        return true;
    }

    /// <summary>Lets a part of the story go on, drawn twice a second in a terminal, until it is told or a child dies.</summary>
    private static async Task<T> WatchedAsync<T>(Task<T> told, DemoState state, bool isLive, Task<DemoFailure>[] deaths, CancellationToken token)
    {
        async Task<T> WaitAsync(Action redraw)
        {
            while (!told.IsCompleted)
            {
                await Task.WhenAny([told, Task.Delay(500, token), .. deaths]);
                foreach (var death in deaths.Where(d => d.IsCompletedSuccessfully))
                    throw await death;
                redraw();
            }

            return await told;
        }

        if (!isLive)
            return await WaitAsync(() => { });
        return await AnsiConsole.Live(Screen.Draw(state, 8)).Overflow(VerticalOverflow.Crop).StartAsync(context => WaitAsync(() => context.UpdateTarget(Screen.Draw(state, 8))));
    }

    private static async Task<RunningCluster> StartClusterAsync(DemoOptions options, string files, DemoFolder folder, CancellationToken token)
    {
        try
        {
            return await RunningCluster.StartAsync(new LocalClusterOptions
            {
                ApiPort = options.ApiPort, GatewayPort = options.GatewayPort, KubeconfigPath = folder.Kubeconfig,
                ImagesFile = Images.Write(Path.Combine(files, "demo", "images.yaml"), folder.In("images.yaml"), options.Swap),
                Manifests = [Path.Combine(files, "demo", "gateway-api"), Path.Combine(files, "crds")],
            }, token);
        }
        catch (IOException e)
        {
            throw new DemoFailure($"the local cluster cannot start: {e.Message}", e);
        }
    }

    private static async Task SayErrorAsync(string line)
    {
        try
        {
            await Console.Error.WriteLineAsync(line);
        }
        catch (IOException)
        {
            // The terminal has gone.
        }
    }
}
