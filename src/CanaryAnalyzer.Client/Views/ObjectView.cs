using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Client.Views;

/// <summary>What every row of the tree shows of its object.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Status">Its state in a word.</param>
/// <param name="State">The state at a glance.</param>
/// <param name="Created">Since when it is there; null where unknown.</param>
public record ObjectView(string Name, string Status, ViewState State, DateTimeOffset? Created)
{
    private const string RevisionAnnotation = "rollout.argoproj.io/revision";

    /// <summary>Which revision of the Rollout it belongs to; 0 where nobody wrote it.</summary>
    public int Revision { get; init; }

    /// <summary>The revision in an object's annotations; 0 where there is none.</summary>
    protected static int RevisionOf(JsonObject resource) =>
        int.TryParse(resource.Text("metadata", "annotations", RevisionAnnotation), CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    /// <summary>An object's name; empty where it has none.</summary>
    protected static string NameOf(JsonObject resource) => resource.Text("metadata", "name") ?? "";

    /// <summary>When an object was created; null where unknown.</summary>
    protected static DateTimeOffset? CreationOf(JsonObject resource) => resource.Instant("metadata", "creationTimestamp");
}
