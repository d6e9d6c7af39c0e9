using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>Which spec an object has: another one has another value, whatever else of the object changes.</summary>
/// <param name="Value">The generation, which the API server raises for fields outside the spec, too, and a hash of the spec.</param>
internal sealed record SpecVersion(string Value)
{
    /// <summary>The version of an object's spec.</summary>
    public static SpecVersion Of(JsonObject resource) =>
        new($"{resource.Generation()} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(resource["spec"]?.ToJsonString() ?? "")))}");
}
