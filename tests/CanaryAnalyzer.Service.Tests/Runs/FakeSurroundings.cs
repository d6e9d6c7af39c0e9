using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Events;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Tests.Runs;

/// <summary>Owns everything unless told otherwise, and remembers events.</summary>
internal sealed class FakeSurroundings : IOwnership, IEventRecorder
{
    public bool Ours { get; set; } = true;

    public ForeignHolder? Foreign { get; set; }

    public List<(EventType Type, string Reason, string Message)> Events { get; } = [];

    public bool IsOurs(JsonObject resource) => Ours;

    public bool IsOurs(ImmutableSortedDictionary<string, string> labels) => Ours;

    /// <summary>What asking for a foreign holder fails with; null where it doesn't.</summary>
    public Exception? Failure { get; set; }

    public ForeignHolder? ForeignHolder() => Failure is null ? Foreign : throw Failure;

    public void Record(JsonObject about, EventType type, string reason, string message) => Events.Add((type, reason, message));
}
