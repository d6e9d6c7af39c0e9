namespace CanaryAnalyzer.Client.Views;

/// <summary>An image that runs, and as what.</summary>
public sealed record ImageView(string Image, IReadOnlyList<string> Tags)
{
    /// <summary>The images of the ReplicaSets that have pods, by name.</summary>
    public static IReadOnlyList<ImageView> Of(IEnumerable<ReplicaSetView> replicaSets) =>
    [
        .. replicaSets.Where(set => set.Replicas > 0)
            .SelectMany(set => set.Images.Select(image => (Image: image, set.Roles)))
            .GroupBy(entry => entry.Image, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ImageView(group.Key, Merge([.. group.Select(entry => entry.Roles)]))),
    ];

    private static IReadOnlyList<string> Merge(List<IReadOnlyList<string>> roles) =>
        roles.Count == 1 ? roles[0] : [.. roles.SelectMany(one => one).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
