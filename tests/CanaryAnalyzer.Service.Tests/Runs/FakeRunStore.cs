using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Service.Storage;

namespace CanaryAnalyzer.Service.Tests.Runs;

/// <summary>AnalysisRuns in memory, with versions and conflicts as the API server has them.</summary>
internal sealed class FakeRunStore : IAnalysisRunStore
{
    private readonly Dictionary<ResourceKey, JsonObject> _runs = [];
    private int _version = 1;

    public Dictionary<SecretReference, string> Secrets { get; } = [];

    public int Writes { get; private set; }

    public List<ResourceKey> Deleted { get; } = [];

    /// <summary>Called before each write; to change the object in between, or to fail.</summary>
    public Action? BeforeWrite { get; set; }

    public string Uid { get; set; } = "uid-1";

    public void Put(ResourceKey key, string spec, string metadata = "")
    {
        _runs[key] = JsonNode.Parse($$"""{"metadata": {"name": "{{key.Name}}", "namespace": "{{key.Namespace}}", "uid": "{{Uid}}"{{metadata}} }, "spec": {{spec}} }""")!.AsObject();
        Touch(key);
    }

    public void Edit(ResourceKey key, Action<JsonObject> change)
    {
        change(_runs[key]);
        Touch(key);
    }

    public void Remove(ResourceKey key) => _runs.Remove(key);

    public JsonObject Json(ResourceKey key) => _runs[key];

    public RunStatus Status(ResourceKey key) => RunStatusJson.Read(JsonSerializer.SerializeToElement(_runs[key]["status"] ?? new JsonObject()));

    public bool IsBehind(ResourceKey key) => false;

    public List<DateTimeOffset> Changes { get; } = [];

    public int? CanaryWeight { get; set; }

    public TrafficSplit Split(ResourceKey key) => new(CanaryWeight, Changes);

    public List<string> Others { get; } = [];

    public IReadOnlyList<string> OthersInFlight(ResourceKey key) => Others;

    public StoredRun? Read(ResourceKey key)
    {
        if (!_runs.TryGetValue(key, out var json)) return null;
        var copy = json.DeepClone().AsObject();
        return new StoredRun(AnalysisRuns.Read(copy)!, Version(copy)!, () => copy);
    }

    public IReadOnlyList<StoredRun> Uncompleted() => [.. _runs.Keys.Select(Read).OfType<StoredRun>()];

    public Task WriteStatusAsync(StoredRun seen, RunStatus next, CancellationToken cancellationToken)
    {
        BeforeWrite?.Invoke();
        var key = new ResourceKey(seen.Run.Namespace, seen.Run.Name);
        if (Version(_runs[key]) != Version(seen.Resource)) throw new ResourceException(HttpStatusCode.Conflict, "Conflict", "the object has been modified");
        _runs[key]["status"] = RunStatusJson.Write(next);
        Touch(key);
        Writes++;
        return Task.CompletedTask;
    }

    public Task DeleteAsync(StoredRun seen, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(seen.Run.Namespace, seen.Run.Name);
        _runs.Remove(key);
        Deleted.Add(key);
        return Task.CompletedTask;
    }

    public Task<string?> ReadSecretAsync(string inNamespace, SecretReference reference, CancellationToken cancellationToken) =>
        Task.FromResult(Secrets.GetValueOrDefault(reference));

    private void Touch(ResourceKey key) => _runs[key]["metadata"]!["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);

    private static string? Version(JsonObject json) => json["metadata"]!["resourceVersion"]?.GetValue<string>();
}
