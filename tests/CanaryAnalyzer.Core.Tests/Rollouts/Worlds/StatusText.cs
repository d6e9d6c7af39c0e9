using System.Text.Json;
using CanaryAnalyzer.Core.Rollouts.Statuses;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>A status as text, to compare by.</summary>
internal static class StatusText
{
    public static string Of(RolloutStatus status) => JsonSerializer.Serialize(status);
}
