using System.Text.Json.Nodes;
using System.Threading.Channels;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Storage;

/// <summary>The store in memory, with the last <c>history</c> changes kept for watches that resume.</summary>
internal sealed class MemoryObjectStore(int history = 5_000) : IObjectStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ObjectKey, StoredObject> _objects = new(new KeyOrder());
    private readonly Queue<StoreChange> _changes = new();
    private readonly List<Subscription> _subscriptions = [];
    private long _revision = 1;
    private long _forgottenUpTo = 1;

    public StoredObject? Get(ObjectKey key)
    {
        lock (_lock)
            return _objects.GetValueOrDefault(key);
    }

    public Snapshot List(string resource, string? @namespace = null)
    {
        lock (_lock)
            return Select(resource, @namespace);
    }

    public Snapshot Everything()
    {
        lock (_lock)
            return Select(null, null);
    }

    public StoredObject? Change(ObjectKey key, Func<StoredObject?, JsonObject?> change)
    {
        lock (_lock)
        {
            var before = _objects.GetValueOrDefault(key);
            var next = change(before);
            if (ReferenceEquals(next, before?.Json) || (next is not null && before is not null && SameButVersion(before.Json, next)))
                return before;
            var revision = ++_revision;
            if (next is null)
            {
                _objects.Remove(key);
                Publish(new StoreChange(revision, before, null, new StoredObject(key, before!.Copy(), revision)));
                return null;
            }

            var after = new StoredObject(key, next, revision);
            _objects[key] = after;
            Publish(new StoreChange(revision, before, after, after));
            return after;
        }
    }

    public IStoreWatch? Watch(string? resource, long afterRevision)
    {
        lock (_lock)
        {
            if (afterRevision < _forgottenUpTo)
                return null;
            var subscription = Subscribe(resource);
            foreach (var change in _changes.Where(c => c.Revision > afterRevision))
                subscription.Offer(change);
            return subscription;
        }
    }

    public (Snapshot Now, IStoreWatch Changes) ListAndWatch(string? resource, string? @namespace = null)
    {
        lock (_lock)
            return (Select(resource, @namespace), Subscribe(resource));
    }

    private Snapshot Select(string? resource, string? @namespace) =>
        new(_revision, [.. _objects.Values.Where(o => (resource is null || o.Key.Resource == resource) && (@namespace is null || o.Key.Namespace == @namespace))]);

    private Subscription Subscribe(string? resource)
    {
        var subscription = new Subscription(this, resource);
        _subscriptions.Add(subscription);
        return subscription;
    }

    private void Publish(StoreChange change)
    {
        _changes.Enqueue(change);
        while (_changes.Count > history)
            _forgottenUpTo = _changes.Dequeue().Revision;
        foreach (var subscription in _subscriptions)
            subscription.Offer(change);
    }

    private static bool SameButVersion(JsonObject stored, JsonObject next)
    {
        next.Ensure("metadata")["resourceVersion"] = stored.TextAt("metadata", "resourceVersion");
        return JsonAccess.Same(stored, next);
    }

    private void Unsubscribe(Subscription subscription)
    {
        lock (_lock)
            _subscriptions.Remove(subscription);
    }

    private sealed class Subscription(MemoryObjectStore store, string? resource) : IStoreWatch
    {
        private readonly Channel<StoreChange> _channel = Channel.CreateUnbounded<StoreChange>();

        public ChannelReader<StoreChange> Changes => _channel.Reader;

        public void Offer(StoreChange change)
        {
            if (resource is null || change.Key.Resource == resource)
                _channel.Writer.TryWrite(change);
        }

        public void Dispose()
        {
            store.Unsubscribe(this);
            _channel.Writer.TryComplete();
        }
    }

    private sealed class KeyOrder : IComparer<ObjectKey>
    {
        public int Compare(ObjectKey x, ObjectKey y)
        {
            var order = string.CompareOrdinal(x.Resource, y.Resource);
            if (order == 0)
                order = string.CompareOrdinal(x.Namespace, y.Namespace);
            return order != 0 ? order : string.CompareOrdinal(x.Name, y.Name);
        }
    }
}
