using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace CanaryAnalyzer.Kubernetes.Tests.Watching;

public sealed class CachedResourceTests
{
    private const string Whole = """
        {"apiVersion": "v1", "spec": {"metadata": {"name": "other"}, "status": {"phase": "Other"}},
         "metadata": {"labels": {"app": "wéb", "weight": 5, "tier": null, "pod": "abc"}, "annotations": {"uid": "other"}, "name": "web", "namespace": "team", "uid": "u\u002d1",
           "ownerReferences": [{"uid": "o-1", "kind": "Deployment"}, {"kind": "ReplicaSet", "controller": true, "uid": "o-2", "more": [{"uid": "o-3"}]}, {"name": "without"}],
           "resourceVersion": "12", "deletionTimestamp": "2026-01-01T00:00:00Z"},
         "status": {"phase": "Running", "more": {"phase": "Other"}}}
        """;

    public static TheoryData<string> Odd => new(
        "{}", """{"metadata": null}""", """{"metadata": []}""", """{"metadata": {"name": 5, "uid": {"uid": "no"}, "ownerReferences": null, "labels": []}, "status": "none"}""",
        """{"metadata": {"ownerReferences": {"uid": "no"}, "deletionTimestamp": null, "labels": {"a": {"b": "c"}}}, "status": {"phase": ["Running"]}}""",
        """{"metadata": {"ownerReferences": [5, null, ["no"], {"uid": 5, "controller": "true"}]}}""", Whole);

    [Fact]
    public void Object_is_known_by_its_metadata_wherever_it_stands()
    {
        var found = Cached(Whole);

        Assert.Equal((new ResourceKey("team", "web"), "u-1", "12", true), (found.Key, found.Uid, found.ResourceVersion, found.IsBeingDeleted));
        Assert.Equal(["o-1", "o-2"], found.OwnerUids);
        Assert.Equal("ReplicaSet", found.ControllerKind);
        Assert.Equal("Running", found.Text("status", "phase"));
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void Text_reads_as_the_tree_does(string text)
    {
        var found = Cached(text);

        Assert.Equal((found.Json.Text("metadata", "namespace"), found.Json.Name()), (found.Key.Namespace, found.Key.Name));
        Assert.Equal((found.Json.Uid(), found.Json.ResourceVersion(), found.Json.IsDeleting()), (found.Uid, found.ResourceVersion, found.IsBeingDeleted));
        Assert.Equal(found.Json.Objects("metadata", "ownerReferences").Select(o => o.Text("uid")).OfType<string>(), found.OwnerUids);
        Assert.Equal(found.Json.Objects("metadata", "ownerReferences").Any(o => o.Flag("controller")), found.ControllerKind is not null);
        Assert.Equal(found.Json.Labels(), found.Labels);
        Assert.Equal(found.Json.Text("status", "phase"), found.Text("status", "phase"));
    }

    [Fact]
    public void Tree_lives_only_as_long_as_somebody_reads_it()
    {
        var found = Cached(Whole);
        var tree = Read(found);

        Collect();

        Assert.False(tree.TryGetTarget(out _));
        Assert.Equal("web", found.Json.Name());
    }

    [Fact]
    public void Tree_is_shared_while_somebody_reads_it()
    {
        var found = Cached(Whole);
        var tree = found.Json;

        Collect();

        Assert.Same(tree, found.Json);
    }

    [Fact]
    public void What_is_read_of_an_object_is_kept_as_long_as_its_version()
    {
        var found = Cached(Whole);
        var reads = 0;

        var names = Enumerable.Range(0, 3).Select(_ => found.As(json => $"{json.Name()} {++reads}")).ToList();
        Collect();

        Assert.Equal("web 1", found.As(json => $"{json.Name()} {++reads}"));
        Assert.Equal(3, found.As(json => 3 * reads));
        Assert.Equal(["web 1", "web 1", "web 1"], names);
    }

    [Fact]
    public async Task Cache_holds_nothing_of_what_went_and_grows_with_no_change()
    {
        using var stopping = new CancellationTokenSource();
        var client = new ScriptedClient().List(1);
        var cache = new ResourceCache(client, ResourceType.ReplicaSets, ListOptions.All, TimeProvider.System, NullLogger<ResourceCache>.Instance);
        var byHash = cache.AddIndex(set => [set.Json.Text("metadata", "labels", "hash")!]);
        var running = cache.RunAsync(stopping.Token);
        Send(client, cache, 2, 12);
        var entries = cache.Entries;
        var old = Find(cache, "web-2");

        Send(client, cache, 12, 10_012);
        Collect();

        Assert.Equal(entries, cache.Entries);
        Assert.False(old.TryGetTarget(out _));
        Assert.Single(byHash.Find("10011"));
        for (var i = 0; i < 10; i++)
        {
            cache.NoteDeletion(new ResourceKey("team", $"web-{i}"), "uid");
            client.Send(ScriptedClient.Event(WatchEventKind.Deleted, $"web-{i}", 20_000 + i));
            Assert.False(cache.IsBehind(new ResourceKey("team", $"web-{i}")));
        }

        Assert.Equal(0, cache.Entries);
        await stopping.CancelAsync();
        await running;
    }

    // Ten objects, each version with other owners and labels, written by ourselves.
    private static void Send(ScriptedClient client, ResourceCache cache, int from, int to)
    {
        for (var version = from; version < to; version++)
        {
            var json = ScriptedClient.Object($"web-{version % 10}", version);
            json["metadata"]!["labels"] = new JsonObject { ["hash"] = $"{version}" };
            json["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject { ["uid"] = $"owner-{version}", ["controller"] = version % 2 == 0 });
            cache.NoteWrite(json);
            client.Send(new WatchEvent(WatchEventKind.Modified, json));
        }
    }

    private static CachedResource Cached(string json) => new(ResourceType.ReplicaSets, RawResource.Of((JsonObject)JsonNode.Parse(json)!));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<JsonObject> Read(CachedResource resource)
    {
        var tree = resource.Json;
        Assert.Same(tree, resource.Json);
        return new WeakReference<JsonObject>(tree);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<CachedResource> Find(ResourceCache cache, string name) => new(cache.Find(new ResourceKey("team", name))!);

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
