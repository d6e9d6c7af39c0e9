using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Testing.ApiServer;

/// <summary>
/// Stands for the controllers and nodes behind the server as they really are: a ReplicaSet's controller first notes the generation that it has seen, then creates
/// or ends the pods, and then they become ready one after the other, each a write of the ReplicaSet's status.
/// </summary>
public sealed class GradualPods : IAsyncDisposable
{
    private const string Kind = "replicasets.apps";
    private readonly ObjectStore store;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task work;

    /// <summary>Begins.</summary>
    public GradualPods(ObjectStore store)
    {
        this.store = store;
        work = RunAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (work.IsCompleted) return;
        await stopping.CancelAsync();
        await work;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            var changed = store.Changed;
            var isMoving = false;
            foreach (var set in store.All(Kind)) isMoving |= Move(set);
            try
            {
                if (isMoving) await Task.Delay(TimeSpan.FromMilliseconds(20), stopping.Token);
                else await changed.WaitAsync(stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private bool Move(JsonObject set)
    {
        if (Next(set) is not { } next) return false;
        var metadata = set["metadata"]!;
        store.ChangeIfThere(Kind, metadata["namespace"]!.GetValue<string>(), metadata["name"]!.GetValue<string>(), s => s["status"] = next);
        return true;
    }

    private static JsonObject? Next(JsonObject set)
    {
        var wanted = set["spec"]!["replicas"]?.GetValue<int>() ?? 1;
        var generation = set["metadata"]!["generation"]?.GetValue<int>() ?? 1;
        var (seen, created, ready) = (Number(set, "observedGeneration"), Number(set, "replicas"), Number(set, "readyReplicas"));
        if (seen < generation) return Status(generation, created, ready);
        if (created != wanted) return Status(generation, wanted, Math.Min(ready, wanted));
        return ready < wanted ? Status(generation, wanted, ready + 1) : null;
    }

    private static int Number(JsonObject set, string name) => set["status"]?[name]?.GetValue<int>() ?? 0;

    private static JsonObject Status(int generation, int created, int ready) =>
        new() { ["observedGeneration"] = generation, ["replicas"] = created, ["readyReplicas"] = ready, ["availableReplicas"] = ready };
}
