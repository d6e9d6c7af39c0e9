using System.Collections.Immutable;
using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>A Service.</summary>
internal sealed class WorldService(string name)
{
    public string Name { get; } = name;

    public bool Exists { get; set; } = true;

    public string Hash { get; set; } = "";

    public string ManagedBy { get; set; } = "";

    /// <summary>The value of its label <c>app</c>.</summary>
    public string App { get; set; } = RolloutWorld.Name;

    public ServiceObservation? Observe()
    {
        var selector = ImmutableSortedDictionary<string, string>.Empty.Add("app", App);
        if (Hash.Length > 0) selector = selector.Add("rollouts-pod-template-hash", Hash);
        return Exists ? new ServiceObservation(Name, Hash, ManagedBy, selector) : null;
    }
}
