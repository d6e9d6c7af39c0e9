using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Admission;

/// <summary>Defaults of Services, their cluster addresses among them. Nothing listens there: traffic comes through the gateway.</summary>
internal sealed class ServiceAddresses
{
    private int _last;

    public void Complete(JsonObject? current, JsonObject next)
    {
        var spec = next.Ensure("spec");
        spec.Default("type", "ClusterIP");
        spec.Default("sessionAffinity", "None");
        foreach (var port in spec.ObjectsAt("ports"))
        {
            port.Default("protocol", "TCP");
            if (port["port"] is { } number)
                port.Default("targetPort", number.DeepClone());
        }

        if (spec.TextAt("type") == "ExternalName")
            return;
        spec.Default("internalTrafficPolicy", "Cluster");
        spec.Default("ipFamilyPolicy", "SingleStack");
        spec.Default("ipFamilies", new JsonArray("IPv4"));
        spec.Default("clusterIP", current.TextAt("spec", "clusterIP") ?? NextAddress());
        spec.Default("clusterIPs", new JsonArray(spec["clusterIP"]!.DeepClone()));
        next.Ensure("status").Default("loadBalancer", new JsonObject());
    }

    private string NextAddress()
    {
        var number = Interlocked.Increment(ref _last) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"10.96.{number / 256}.{number % 256}");
    }
}
