using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Kubernetes.Events;

/// <summary>Tells people, through Kubernetes events, what happened to an object.</summary>
public interface IEventRecorder
{
    /// <summary>
    /// Has one event about <paramref name="about"/> written, or the one counted up that says the same. Returns at once; a failure is logged and otherwise without effect.
    /// </summary>
    /// <param name="about">The object, with <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>.</param>
    /// <param name="type">Normal or a warning.</param>
    /// <param name="reason">In PascalCase, for machines.</param>
    /// <param name="message">For people; cut after 1024 bytes.</param>
    void Record(JsonObject about, EventType type, string reason, string message);
}
