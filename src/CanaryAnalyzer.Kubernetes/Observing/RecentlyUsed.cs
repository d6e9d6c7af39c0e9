using System.Diagnostics.CodeAnalysis;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>A dictionary of limited size: where it is full, what was not used for longest goes.</summary>
/// <param name="capacity">The most entries.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock access = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> entries = [];
    private readonly LinkedList<(TKey Key, TValue Value)> byUse = [];

    /// <summary>How many entries there are.</summary>
    public int Count
    {
        get
        {
            lock (access) return entries.Count;
        }
    }

    /// <summary>Finds an entry, which is a use of it.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (access)
        {
            value = default;
            if (!entries.TryGetValue(key, out var found)) return false;
            byUse.Remove(found);
            byUse.AddLast(found);
            value = found.Value.Value;
            return true;
        }
    }

    /// <summary>Adds an entry, or replaces it.</summary>
    public void Set(TKey key, TValue value)
    {
        lock (access)
        {
            if (entries.Remove(key, out var old)) byUse.Remove(old);
            else if (entries.Count == capacity) RemoveOldest();
            entries[key] = byUse.AddLast((key, value));
        }
    }

    private void RemoveOldest()
    {
        entries.Remove(byUse.First!.Value.Key);
        byUse.RemoveFirst();
    }
}
