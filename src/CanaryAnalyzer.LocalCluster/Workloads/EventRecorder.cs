using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Storage;

namespace CanaryAnalyzer.LocalCluster.Workloads;

/// <summary>Writes the events that <c>kubectl describe</c> and <c>kubectl get events</c> show.</summary>
internal sealed class EventRecorder(ObjectWriter writer, TimeProvider time)
{
    public void Record(StoredObject about, string reason, string message, bool isWarning = false)
    {
        var now = time.GetUtcNow().Timestamp();
        try
        {
            writer.Create(writer.Registry.Find("events")!, about.Key.Namespace, new JsonObject
            {
                ["metadata"] = new JsonObject { ["generateName"] = about.Key.Name + "." },
                ["involvedObject"] = new JsonObject
                {
                    ["apiVersion"] = about.Json.TextAt("apiVersion"), ["kind"] = about.Json.TextAt("kind"), ["namespace"] = about.Key.Namespace,
                    ["name"] = about.Key.Name, ["uid"] = about.Uid, ["resourceVersion"] = about.Json.TextAt("metadata", "resourceVersion"),
                },
                ["reason"] = reason, ["message"] = message, ["type"] = isWarning ? "Warning" : "Normal", ["count"] = 1,
                ["firstTimestamp"] = now, ["lastTimestamp"] = now,
                ["source"] = new JsonObject { ["component"] = "local-cluster" },
                ["reportingComponent"] = "local-cluster", ["reportingInstance"] = "", ["eventTime"] = null,
            }, WriteOptions.Controller);
        }
        catch (ApiException)
        {
            // The namespace is going away, and with it whoever would read the event.
        }
    }
}
