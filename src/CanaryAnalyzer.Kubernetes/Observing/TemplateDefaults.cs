using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Hashing;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>Lets the API server fill the defaults into an inline pod template, by creating a ReplicaSet that it does not store; remembers the last answers.</summary>
public sealed class TemplateDefaults(IResourceClient client)
{
    /// <summary>How many answers it remembers.</summary>
    public const int Remembered = 4096;

    private readonly RecentlyUsed<string, RawResource> known = new(Remembered);
    private readonly RecentlyUsed<string, bool> doubted = new(Remembered);

    /// <summary>Notes that the API server refused a ReplicaSet of this template, so that the next reconcile asks why.</summary>
    /// <param name="origin">The template's <see cref="TemplateOrigin"/>.</param>
    /// <returns>Whether that is news.</returns>
    public bool Doubt(string origin)
    {
        var isNews = !IsDoubted(origin);
        if (isNews) doubted.Set(origin, true);
        return isNews;
    }

    /// <summary>Whether a ReplicaSet of this template was refused.</summary>
    /// <param name="origin">The template's <see cref="TemplateOrigin"/>.</param>
    public bool IsDoubted(string origin) => doubted.TryGet(origin, out _);

    /// <summary>The template with the API server's defaults.</summary>
    /// <param name="inNamespace">The namespace that it would run in.</param>
    /// <param name="template">The template as the Rollout has it.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="ResourceException">The server refuses the template, or does not answer.</exception>
    public async Task<JsonObject> FillAsync(string inNamespace, JsonObject template, CancellationToken cancellationToken)
    {
        var text = CanonicalJson.Write(JsonSerializer.SerializeToElement(template));
        var key = $"{inNamespace}/{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
        if (known.TryGet(key, out var remembered)) return remembered.Parse();
        // A name of its own for each request would be in each refusal: a new message, and so a new status, at every reconcile.
        var probe = new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject { ["name"] = "canary-analyzer-defaults", ["namespace"] = inNamespace },
            ["spec"] = new JsonObject
            {
                ["replicas"] = 0,
                ["selector"] = new JsonObject { ["matchLabels"] = template.At("metadata", "labels")?.DeepClone() },
                ["template"] = template.DeepClone(),
            },
        };
        var answer = await client.CreateAsync(ResourceType.ReplicaSets, inNamespace, probe, dryRun: true, cancellationToken);
        var filled = RawResource.Of((JsonObject)answer.At("spec", "template")!);
        known.Set(key, filled);
        return filled.Parse();
    }
}
