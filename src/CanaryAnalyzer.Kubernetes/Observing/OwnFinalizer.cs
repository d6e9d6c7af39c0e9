using System.Security.Cryptography;
using System.Text;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>The finalizer of this controller alone: each instance has a name of its own, so that a Rollout which moves to another one keeps that one's.</summary>
/// <param name="Name">The finalizer's name, a qualified name.</param>
public sealed record OwnFinalizer(string Name)
{
    // The part of a qualified name behind the slash.
    private const int LongestPart = 63;

    /// <summary>The finalizer of an instance.</summary>
    /// <param name="instanceId">The value of the label <see cref="Markers.InstanceId"/>; empty for the instance of Rollouts without it.</param>
    public static OwnFinalizer Of(string instanceId)
    {
        if (instanceId.Length == 0) return new OwnFinalizer(Markers.Finalizer);
        var name = $"{Markers.Finalizer}-{instanceId}";
        var room = Markers.Finalizer.IndexOf('/', StringComparison.Ordinal) + 1 + LongestPart;
        return new OwnFinalizer(name.Length <= room ? name : $"{Markers.Finalizer}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instanceId)))[..16]}");
    }
}
