using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>All objects that a list found, as of one instant.</summary>
/// <param name="Raw">The objects, each with <c>apiVersion</c> and <c>kind</c>.</param>
/// <param name="ResourceVersion">The version to begin a watch from.</param>
public sealed record ResourceList(IReadOnlyList<RawResource> Raw, string ResourceVersion)
{
    private readonly Lazy<IReadOnlyList<JsonObject>> _items = new(() => [.. Raw.Select(raw => raw.Parse())]);

    /// <summary>A list of objects that are at hand as trees.</summary>
    public ResourceList(IEnumerable<JsonObject> items, string resourceVersion)
        : this([.. items.Select(RawResource.Of)], resourceVersion)
    {
    }

    /// <summary>The objects as trees, parsed when they are first asked for.</summary>
    public IReadOnlyList<JsonObject> Items => _items.Value;
}
