using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Storage;

/// <summary>Versioned objects with one revision counter over all of them, and the changes since a revision.</summary>
internal interface IObjectStore
{
    StoredObject? Get(ObjectKey key);

    /// <summary>All objects of a resource, of one namespace if it is named, ordered by namespace and name.</summary>
    Snapshot List(string resource, string? @namespace = null);

    /// <summary>All objects there are.</summary>
    Snapshot Everything();

    /// <summary>
    /// Reads, changes and writes one object with nobody in between. <paramref name="change"/> gets the current version or null, and returns the
    /// next: an object of its own (never the stored one changed), null to remove it, or the stored <see cref="StoredObject.Json"/> itself to leave it.
    /// An object equal to the stored one but for its resourceVersion is not written and makes no change, as on the real server.
    /// </summary>
    StoredObject? Change(ObjectKey key, Func<StoredObject?, JsonObject?> change);

    /// <summary>
    /// The changes of a resource (null: of all) after a revision, and then those to come; null where the history does not reach back so far.
    /// </summary>
    IStoreWatch? Watch(string? resource, long afterRevision);

    /// <summary>What is there now and a watch that begins exactly there.</summary>
    (Snapshot Now, IStoreWatch Changes) ListAndWatch(string? resource, string? @namespace = null);
}
