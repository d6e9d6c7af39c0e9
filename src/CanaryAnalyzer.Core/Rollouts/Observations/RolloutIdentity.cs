using System.Collections.Immutable;
using System.Text.Json;

namespace CanaryAnalyzer.Core.Rollouts.Observations;

/// <summary>Which Rollout is looked at, and what its metadata says.</summary>
public sealed record RolloutIdentity
{
    /// <summary>Its namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its uid.</summary>
    public required string Uid { get; init; }

    /// <summary>Its metadata.generation.</summary>
    public long Generation { get; init; }

    /// <summary>Its annotations.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The whole resource, for arguments that name one of its fields.</summary>
    public JsonElement Resource { get; init; }

    /// <summary>When its deletion was asked for; null where nobody did.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Whether its namespace is being deleted.</summary>
    public bool IsNamespaceDeleting { get; init; }

    /// <summary>Whether this controller's finalizer delays its deletion.</summary>
    public bool HasFinalizer { get; init; }
}
