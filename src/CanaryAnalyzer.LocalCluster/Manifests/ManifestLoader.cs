using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;
using YamlDotNet.Core;

namespace CanaryAnalyzer.LocalCluster.Manifests;

/// <summary>Puts the objects of manifests into the cluster without a client.</summary>
internal sealed class ManifestLoader(ObjectWriter writer)
{
    /// <summary>What every cluster has from the start: its namespaces and the one node.</summary>
    public void Begin()
    {
        foreach (var name in (string[])["default", "kube-system", "kube-public"])
            writer.Create(BuiltInKinds.Namespaces, "", Named(name), WriteOptions.Controller);
        writer.Create(BuiltInKinds.Nodes, "", Named("local"), WriteOptions.Controller);
        writer.Update(BuiltInKinds.Nodes, "", "local", node =>
        {
            node["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True", ["reason"] = "LocalCluster" }),
                ["nodeInfo"] = new JsonObject { ["kubeletVersion"] = "local" },
            };
            return node;
        }, WriteOptions.Controller with { Subresource = "status" });
    }

    /// <exception cref="ManifestException">Not there, no YAML, or refused.</exception>
    public void ApplyPath(string path)
    {
        var files = Directory.Exists(path) ? Directory.GetFiles(path, "*.yaml").Order(StringComparer.Ordinal) : Enumerable.Repeat(path, 1);
        foreach (var file in files)
        {
            try
            {
                Apply(File.ReadAllText(file), file);
            }
            catch (IOException e)
            {
                throw new ManifestException($"{file}: {e.Message}", e);
            }
        }
    }

    public void Apply(string yaml, string source)
    {
        try
        {
            foreach (var document in YamlDocuments.Read(yaml))
                Apply(document);
        }
        catch (Exception e) when (e is YamlException or ApiException)
        {
            throw new ManifestException($"{source}: {e.Message}", e);
        }
    }

    private void Apply(JsonObject document)
    {
        var (apiVersion, name) = (document.TextAt("apiVersion") ?? "", document.TextAt("kind") ?? "");
        // A kustomization stands among the manifests that it lists.
        if (name == "Kustomization")
            return;
        var kind = writer.Registry.FindKind(apiVersion, name) ?? throw ApiException.BadRequest($"no matches for kind \"{name}\" in version \"{apiVersion}\"");
        var @namespace = kind.Namespaced ? document.TextAt("metadata", "namespace") ?? "default" : "";
        var key = ObjectWriter.Key(kind, @namespace, document.TextAt("metadata", "name") ?? "");
        if (writer.Store.Get(key) is null)
            writer.Create(kind, @namespace, document, WriteOptions.Controller);
        else
            writer.Update(kind, @namespace, key.Name, current =>
            {
                var next = document.Copy();
                next.Ensure("metadata")["resourceVersion"] = current.TextAt("metadata", "resourceVersion");
                return next;
            }, WriteOptions.Controller);
    }

    private static JsonObject Named(string name) => new() { ["metadata"] = new JsonObject { ["name"] = name } };
}
