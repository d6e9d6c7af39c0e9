using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Testing.ApiServer;

/// <summary>Stands for the controllers and nodes behind the server: every ReplicaSet has all its pods, ready and available, as soon as it asks for them.</summary>
public sealed class ReadyPods : IAsyncDisposable
{
    private const string Kind = "replicasets.apps";
    private readonly ObjectStore store;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task work;

    /// <summary>Begins.</summary>
    public ReadyPods(ObjectStore store)
    {
        this.store = store;
        work = RunAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await work;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var changed = store.Changed;
            foreach (var set in store.All(Kind).Where(s => !IsReady(s))) MakeReady(set);
            try
            {
                await changed.WaitAsync(stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static bool IsReady(JsonObject set) =>
        (set["status"]?["availableReplicas"]?.GetValue<int>() ?? -1) == Wanted(set)
        && (set["status"]?["observedGeneration"]?.GetValue<long>() ?? 0) >= (set["metadata"]!["generation"]?.GetValue<long>() ?? 0);

    private void MakeReady(JsonObject set)
    {
        var metadata = set["metadata"]!;
        store.ChangeIfThere(Kind, metadata["namespace"]!.GetValue<string>(), metadata["name"]!.GetValue<string>(), s => s["status"] = new JsonObject
        {
            ["replicas"] = Wanted(s),
            ["readyReplicas"] = Wanted(s),
            ["availableReplicas"] = Wanted(s),
            ["observedGeneration"] = s["metadata"]!["generation"]?.GetValue<long>() ?? 1,
        });
    }

    private static int Wanted(JsonObject set) => set["spec"]!["replicas"]?.GetValue<int>() ?? 1;
}
