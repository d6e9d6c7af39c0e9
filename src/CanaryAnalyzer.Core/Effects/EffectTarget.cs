using System.Collections.Immutable;
using System.Text.Json;

namespace CanaryAnalyzer.Core.Effects;

/// <summary>For whom effects are made: the object that owns what they create.</summary>
public sealed record EffectTarget
{
    /// <summary>The owner.</summary>
    public required OwnerReference Owner { get; init; }

    /// <summary>Its namespace, in which all that it owns is.</summary>
    public required string Namespace { get; init; }

    /// <summary>Labels that its AnalysisRuns get besides their own.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Its annotations, which its ReplicaSets get but for those that say something of the owner itself.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The controller instance that it and all that it owns belong to; empty for the one without an id.</summary>
    public string InstanceId { get; init; } = "";

    /// <summary>The whole resource, for arguments that name one of its fields.</summary>
    public JsonElement Resource { get; init; }
}
