using System.Globalization;
using System.Runtime.InteropServices;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>
/// What we wrote that a cache hasn't seen yet, and who waits for it. The server sends a kind's changes in the order of their versions, so a cache that saw some
/// version saw all before it.
/// </summary>
/// <param name="find">The object as the cache has it.</param>
internal sealed class OwnWrites(Func<ResourceKey, CachedResource?> find)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceKey, ulong> _written = [];
    private readonly Dictionary<ResourceKey, string> _deleted = [];
    private readonly PriorityQueue<Waiter, ulong> _waitingForVersion = new();
    private readonly Dictionary<ResourceKey, List<Waiter>> _waitingForDeletion = [];
    private ulong _seen;

    /// <summary>Notes a version that the cache has.</summary>
    public void Saw(string resourceVersion)
    {
        if (!TryRead(resourceVersion, out var version))
            return;
        lock (_lock)
            _seen = Math.Max(_seen, version);
    }

    /// <summary>Notes that we wrote an object.</summary>
    public void Wrote(ResourceKey key, string resourceVersion)
    {
        if (!TryRead(resourceVersion, out var version))
            return;
        lock (_lock)
        {
            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_written, key, out _);
            last = Math.Max(last, version);
        }
    }

    /// <summary>Notes that we deleted an object.</summary>
    public void Deleted(ResourceKey key, string uid)
    {
        lock (_lock)
            _deleted[key] = uid;
    }

    /// <summary>Whether the cache lacks something that we did to an object.</summary>
    public bool AreUnseen(ResourceKey key)
    {
        lock (_lock)
            return UnseenVersion(key) is not null || IsDeletionUnseen(key);
    }

    /// <summary>
    /// Has <paramref name="wake"/> given out once, by <see cref="TakeAwaited"/> or <see cref="Forget"/>, when the cache shows all that we did to an object. False,
    /// and nothing is kept, if it does already.
    /// </summary>
    public bool TryAwait(ResourceKey key, Action wake)
    {
        lock (_lock)
            return Wait(new Waiter(key, wake));
    }

    /// <summary>Takes out those whose wait is over. To call after each change of the cache.</summary>
    /// <param name="changed">The objects that changed.</param>
    public IReadOnlyList<Waiter> TakeAwaited(IEnumerable<ResourceKey> changed)
    {
        lock (_lock)
        {
            var over = new List<Waiter>();
            while (_waitingForVersion.TryPeek(out var waiter, out var version) && version <= _seen)
            {
                _waitingForVersion.Dequeue();
                if (!Wait(waiter))
                    over.Add(waiter);
            }

            foreach (var key in changed)
            {
                // Nobody may ever ask about it again.
                UnseenVersion(key);
                if (_waitingForDeletion.Remove(key, out var waiters))
                    over.AddRange(waiters.Where(waiter => !Wait(waiter)));
            }

            return over;
        }
    }

    /// <summary>Forgets everything, since nothing of the kind is left, and takes out all who wait.</summary>
    public IReadOnlyList<Waiter> Forget()
    {
        lock (_lock)
        {
            IReadOnlyList<Waiter> over = [.. _waitingForVersion.UnorderedItems.Select(item => item.Element), .. _waitingForDeletion.Values.SelectMany(waiters => waiters)];
            _written.Clear();
            _deleted.Clear();
            _waitingForVersion.Clear();
            _waitingForDeletion.Clear();
            return over;
        }
    }

    private bool Wait(Waiter waiter)
    {
        if (UnseenVersion(waiter.Key) is { } version)
        {
            _waitingForVersion.Enqueue(waiter, version);
            return true;
        }

        if (!IsDeletionUnseen(waiter.Key))
            return false;
        ref var waiters = ref CollectionsMarshal.GetValueRefOrAddDefault(_waitingForDeletion, waiter.Key, out _);
        (waiters ??= []).Add(waiter);
        return true;
    }

    private ulong? UnseenVersion(ResourceKey key)
    {
        if (!_written.TryGetValue(key, out var version))
            return null;
        if (version > _seen)
            return version;
        _written.Remove(key);
        return null;
    }

    private bool IsDeletionUnseen(ResourceKey key)
    {
        if (!_deleted.TryGetValue(key, out var uid))
            return false;
        if (find(key) is { IsBeingDeleted: false } cached && cached.Uid == uid)
            return true;
        _deleted.Remove(key);
        return false;
    }

    private static bool TryRead(string resourceVersion, out ulong version) =>
        ulong.TryParse(resourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out version);

    /// <summary>Somebody who waits for what we did to an object.</summary>
    internal sealed record Waiter(ResourceKey Key, Action Wake);
}
