using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Benchmarks.Fleet;
using CanaryAnalyzer.Benchmarks.Processes;
using CanaryAnalyzer.Benchmarks.Reporting;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Benchmarks.Soaking;

/// <summary>
/// A controller that delivers thousands of updates of the same Rollouts: at the end it exports the series and holds the memory that it had after the first fifth. What the API
/// server's process holds is not measured.
/// </summary>
internal static class SoakBenchmark
{
    private const int Rollouts = 100;
    private const string Kind = "rollouts.argoproj.io";

    // Garbage that is not collected yet moves the figure up and down; what grows with the number of updates is above this in the end.
    private const double Tolerated = 1.15;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    /// <summary>Runs it, and returns 0 when nothing grew, else 1.</summary>
    /// <param name="updates">How many updates, over all Rollouts.</param>
    /// <param name="programs">Where the programs are, or go; null for the usual place.</param>
    /// <param name="token">Ends it.</param>
    public static async Task<int> RunAsync(int updates, string? programs, CancellationToken token)
    {
        var rounds = Math.Max(5, updates / Rollouts);
        var program = await Programs.ControllerAsync(programs, token);
        await using var server = await InProcessApiServer.StartAsync();
        await using var pods = new ReadyPods(server.Store);
        using var connection = server.Connect();
        var rollouts = RoutedRollout.Many(Rollouts, 2, """[{"setWeight": 50}]""");
        foreach (var needed in rollouts.SelectMany(r => r.Surroundings)) await CreateAsync(connection.Resources, needed, token);
        await using var controller = ControllerProcess.Start(program, server.Kubeconfig, Path.Combine(Path.GetTempPath(), $"canary-soak-{Environment.ProcessId}.log"));
        await controller.ReadyAsync(token);
        foreach (var rollout in rollouts.Select(r => Brief(r.Manifest(Image(0))))) await CreateAsync(connection.Resources, rollout, token);
        await DeliveredAsync(server.Store, 0, token);

        var early = await PictureAsync(controller, token);
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var rollout in rollouts) server.Store.Change(Kind, "default", rollout.Name, r => Update(r, Image(round)));
            await DeliveredAsync(server.Store, round, token);
            server.ForgetRequests();
            if (round % 10 == 0) Tidy(server.Store);
            if (round == rounds / 5) early = await PictureAsync(controller, token);
            if (round % 5 == 0) FigureTable.Progress(string.Create(CultureInfo.InvariantCulture, $"{round * Rollouts} of {rounds * Rollouts} updates, {controller.Usage.ResidentMiB} MiB"));
        }

        var late = await PictureAsync(controller, token);
        var grown = late.Series.Except(early.Series, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var table = new FigureTable($"{rounds * Rollouts} updates of {Rollouts} Rollouts");
        table.Add($"series after {rounds / 5 * Rollouts} updates", early.Series.Count, "0");
        table.Add("series in the end", late.Series.Count, "0", "the same");
        table.Add($"memory after {rounds / 5 * Rollouts} updates, MiB", early.ResidentMiB, "0");
        table.Add("memory in the end, MiB", late.ResidentMiB, "0", $"≤ {early.ResidentMiB * Tolerated:0}");
        table.Add("CPU s an update", controller.Usage.CpuSeconds / (rounds * Rollouts), "0.000");
        table.Write();
        foreach (var series in grown.Take(10)) Console.WriteLine($"new: {series}");
        return grown.Count == 0 && late.ResidentMiB <= early.ResidentMiB * Tolerated ? 0 : 1;
    }

    private static string Image(int round) => string.Create(CultureInfo.InvariantCulture, $"app:v{round}");

    private static JsonObject Brief(JsonObject rollout)
    {
        rollout["spec"]!["strategy"]!["canary"]!["scaleDownDelaySeconds"] = 1;
        return rollout;
    }

    private static Task CreateAsync(IResourceClient resources, JsonObject resource, CancellationToken token)
    {
        var type = resource["kind"]!.GetValue<string>() switch { "Rollout" => ResourceType.Rollouts, "Service" => ResourceType.Services, _ => ResourceType.HttpRoutes };
        return resources.CreateAsync(type, "default", resource, dryRun: false, token);
    }

    // An API server counts the changes of a spec; what was delivered is told from what has yet to be seen by that.
    private static void Update(JsonObject rollout, string image)
    {
        rollout["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = image;
        rollout["metadata"]!["generation"] = (rollout["metadata"]!["generation"]?.GetValue<long>() ?? 1) + 1;
    }

    private static Task DeliveredAsync(ObjectStore store, int round, CancellationToken token) =>
        Waiting.UntilAsync(() => Task.FromResult(store.All(Kind).All(r => RoutedRollout.HasDelivered(r, Image(round)))), Limit, $"round {round}", token);

    // As an API server does it: events live an hour, the history some minutes.
    private static void Tidy(ObjectStore store)
    {
        foreach (var old in store.All("events")) store.Remove("events", "default", old["metadata"]!["name"]!.GetValue<string>());
        store.Compact();
    }

    private static async Task<Picture> PictureAsync(ControllerProcess controller, CancellationToken token)
    {
        await Task.Delay(Rest, token);
        var series = (await controller.SamplesAsync(token)).Select(sample => sample[..sample.LastIndexOf(' ')]).ToHashSet(StringComparer.Ordinal);
        return new Picture(series, controller.Usage.ResidentMiB);
    }

    private sealed record Picture(IReadOnlySet<string> Series, int ResidentMiB);
}
