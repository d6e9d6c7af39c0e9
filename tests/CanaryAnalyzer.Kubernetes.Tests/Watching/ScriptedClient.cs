using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Tests.Watching;

/// <summary>
/// An API server whose lists and watches are given beforehand, and come without any delay: what a cache does up to its first wait, it has done when
/// <c>RunAsync</c> returns its task. The last watch stays open, and what is sent to it the cache has taken when <see cref="Send"/> returns.
/// </summary>
internal sealed class ScriptedClient : IResourceClient
{
    private readonly Queue<Func<ResourceList>> _lists = [];
    private readonly Queue<IReadOnlyList<Func<WatchEvent>>> _watches = [];
    private readonly Channel<WatchEvent> _sent = Channel.CreateUnbounded<WatchEvent>(new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    /// <summary>How many lists were asked for.</summary>
    public int Lists { get; private set; }

    /// <summary>The versions that watches were opened at.</summary>
    public List<string> Watches { get; } = [];

    public static JsonObject Object(string name, int version, string uid = "uid") => new()
    {
        ["metadata"] = new JsonObject { ["namespace"] = "team", ["name"] = name, ["uid"] = uid, ["resourceVersion"] = $"{version}" },
    };

    public static WatchEvent Event(WatchEventKind kind, string name, int version) => new(kind, Object(name, version));

    public ScriptedClient List(int version, params JsonObject[] items) => List(() => new ResourceList(items, $"{version}"));

    public ScriptedClient List(Func<ResourceList> answer)
    {
        _lists.Enqueue(answer);
        return this;
    }

    public ScriptedClient Watch(params WatchEvent[] events) => Watch([.. events.Select<WatchEvent, Func<WatchEvent>>(one => () => one)]);

    /// <summary>A watch whose events may throw.</summary>
    public ScriptedClient Watch(params Func<WatchEvent>[] events)
    {
        _watches.Enqueue(events);
        return this;
    }

    /// <summary>Sends an event through the open watch; one that expired ends it.</summary>
    public void Send(WatchEvent happened) => _sent.Writer.TryWrite(happened);

    public Task<ResourceList> ListAsync(ResourceType type, ListOptions options, CancellationToken cancellationToken)
    {
        Lists++;
        return Task.FromResult(_lists.Dequeue()());
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        ResourceType type, ListOptions options, string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Watches.Add(resourceVersion);
        if (!_watches.TryDequeue(out var events))
        {
            await foreach (var happened in _sent.Reader.ReadAllAsync(cancellationToken))
                yield return happened;
            yield break;
        }

        foreach (var one in events)
            yield return one();
    }

    public Task<JsonObject?> GetAsync(ResourceType type, ResourceKey key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JsonObject> CreateAsync(ResourceType type, string? inNamespace, JsonObject resource, bool dryRun, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JsonObject> JsonPatchAsync(ResourceType type, ResourceKey key, JsonArray operations, string? subresource, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JsonObject> MergePatchAsync(ResourceType type, ResourceKey key, JsonObject patch, string? subresource, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<JsonObject> ApplyAsync(ResourceType type, ResourceKey key, JsonObject resource, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(ResourceType type, ResourceKey key, DeleteOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();
}
