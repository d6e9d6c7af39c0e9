using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Viewing;

/// <summary>What every row of the tree shows of its object.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Status">Its state in a word.</param>
/// <param name="Icon">The state as a sign.</param>
/// <param name="Created">Since when it is there; null where unknown.</param>
internal record ObjectView(string Name, string Status, string Icon, DateTimeOffset? Created)
{
    private const string RevisionAnnotation = "rollout.argoproj.io/revision";

    /// <summary>Which revision of the Rollout it belongs to; 0 where nobody wrote it.</summary>
    public int Revision { get; init; }

    protected static int RevisionOf(JsonObject resource) =>
        int.TryParse(resource.Text("metadata", "annotations", RevisionAnnotation), CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    protected static string NameOf(JsonObject resource) => resource.Text("metadata", "name") ?? "";

    protected static DateTimeOffset? CreationOf(JsonObject resource) => resource.Instant("metadata", "creationTimestamp");
}
