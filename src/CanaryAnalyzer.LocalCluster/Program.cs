using System.Globalization;
using System.Runtime.InteropServices;

namespace CanaryAnalyzer.LocalCluster;

/// <summary>The cluster as a program of its own: <c>canary-local-cluster [--option value]…</c>.</summary>
internal static class Program
{
    private const string Usage = """
        usage: canary-local-cluster [--kubeconfig FILE] [--api-port N] [--gateway-port N] [--images FILE] [--manifests PATH]...

        Runs a small Kubernetes in this process until it gets SIGINT or SIGTERM. Prints the path of its kubeconfig, the address of its gateway, and
        the address where Prometheus finds the pods.
        """;

    private static async Task<int> Main(string[] args)
    {
        if (Options(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        using var stop = new CancellationTokenSource();
        using var onTerm = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var onInt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            await using var cluster = await RunningCluster.StartAsync(options, stop.Token);
            Console.WriteLine($"kubeconfig: {cluster.KubeconfigPath}");
            Console.WriteLine($"api: {cluster.ApiUrl}");
            Console.WriteLine($"gateway: {cluster.GatewayUrl}");
            Console.WriteLine($"targets: {cluster.TargetsUrl}");
            await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            return 0;
        }
        catch (Exception e) when (e is IOException or ManifestException)
        {
            await Console.Error.WriteLineAsync($"canary-local-cluster: {e.Message}");
            return 1;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static LocalClusterOptions? Options(string[] args)
    {
        var options = new LocalClusterOptions();
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var value = args[i + 1];
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed is >= 0 and <= 65535 ? parsed : -1;
            var next = args[i] switch
            {
                "--kubeconfig" => options with { KubeconfigPath = value },
                "--images" => options with { ImagesFile = value },
                "--manifests" => options with { Manifests = [.. options.Manifests, value] },
                "--api-port" when number >= 0 => options with { ApiPort = number },
                "--gateway-port" when number >= 0 => options with { GatewayPort = number },
                _ => null,
            };
            if (next is null)
                return null;
            options = next;
        }

        return args.Length % 2 == 0 ? options : null;
    }
}
