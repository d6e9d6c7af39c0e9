using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Workloads;

/// <summary>The arithmetic of a rolling update.</summary>
internal static class RollingUpdate
{
    /// <summary>How many pods may be above, and how many missing from, the wanted number.</summary>
    public static (int Surge, int Unavailable) Bounds(JsonObject deployment)
    {
        var replicas = deployment.CountAt("spec", "replicas");
        if (deployment.TextAt("spec", "strategy", "type") == "Recreate")
            return (0, replicas);
        var rolling = deployment.ObjectAt("spec", "strategy", "rollingUpdate");
        var surge = Share(rolling?["maxSurge"], replicas, up: true);
        var unavailable = Share(rolling?["maxUnavailable"], replicas, up: false);
        return (surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
    }

    /// <summary>The next size of the new ReplicaSet.</summary>
    public static int Grown(int wanted, int current, int total, int surge) =>
        current >= wanted ? wanted : current + Math.Clamp(wanted + surge - total, 0, wanted - current);

    /// <summary>How many pods the old ReplicaSets can lose now.</summary>
    public static int Removable(int wanted, int unavailable, int total, int newSize, int newAvailable) =>
        Math.Max(0, total - Math.Max(0, wanted - unavailable) - (newSize - newAvailable));

    private static int Share(JsonNode? value, int of, bool up)
    {
        var text = value.Printed() ?? "25%";
        if (!text.EndsWith('%'))
            return int.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0;
        var percent = int.TryParse(text.AsSpan(..^1), CultureInfo.InvariantCulture, out var share) ? share : 25;
        return up ? (percent * of + 99) / 100 : percent * of / 100;
    }
}
