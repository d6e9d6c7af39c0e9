using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>One event of a watch.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Raw">The object; for a bookmark only its <c>metadata.resourceVersion</c> is of use; empty when expired.</param>
public sealed record WatchEvent(WatchEventKind Kind, RawResource Raw)
{
    private readonly Lazy<JsonObject> _object = new(Raw.Parse);

    /// <summary>An event of an object that is at hand as a tree.</summary>
    public WatchEvent(WatchEventKind kind, JsonObject resource)
        : this(kind, RawResource.Of(resource))
    {
    }

    /// <summary>The object as a tree, parsed when it is first asked for.</summary>
    public JsonObject Object => _object.Value;
}
