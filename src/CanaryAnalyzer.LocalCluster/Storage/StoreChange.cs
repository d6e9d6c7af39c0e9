namespace CanaryAnalyzer.LocalCluster.Storage;

/// <summary>
/// One write: <see cref="Before"/> is null for a creation, <see cref="After"/> for a removal; then <see cref="Last"/> is the final state
/// with the revision of the removal.
/// </summary>
internal sealed record StoreChange(long Revision, StoredObject? Before, StoredObject? After, StoredObject Last)
{
    public ObjectKey Key => Last.Key;
}
