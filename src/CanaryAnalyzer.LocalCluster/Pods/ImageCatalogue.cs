using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Manifests;
using YamlDotNet.Core;

namespace CanaryAnalyzer.LocalCluster.Pods;

/// <summary>
/// The images that exist, each with the behaviour of its containers. The file is a map under <c>images</c>: <c>hello:1.23.1: {errors: 0.5%, latency: 40ms}</c>.
/// </summary>
internal sealed class ImageCatalogue
{
    public static readonly ImageCatalogue Empty = new(FrozenDictionary<string, Behaviour>.Empty);
    private readonly FrozenDictionary<string, Behaviour> _images;

    private ImageCatalogue(FrozenDictionary<string, Behaviour> images) => _images = images;

    /// <exception cref="ManifestException">Not there, no YAML, or a setting that doesn't exist.</exception>
    public static ImageCatalogue Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or YamlException)
        {
            throw new ManifestException($"{path}: {e.Message}", e);
        }
    }

    public static ImageCatalogue Parse(string yaml, string source)
    {
        var images = new Dictionary<string, Behaviour>(StringComparer.Ordinal);
        foreach (var (image, settings) in YamlDocuments.Read(yaml) is [var root, ..] ? root.ObjectAt("images") ?? [] : [])
        {
            var text = string.Join(',', (settings as JsonObject ?? []).Select(s => $"{s.Key}={s.Value.Printed()}"));
            if (!new Behaviour().TryWith(text, out var behaviour, out var problem))
                throw new ManifestException($"{source}: image {image}: {problem}", new FormatException(problem));
            images[image] = behaviour;
        }

        return new ImageCatalogue(images.ToFrozenDictionary(StringComparer.Ordinal));
    }

    public Behaviour? Find(string? image) => image is null ? null : _images.GetValueOrDefault(image);
}
