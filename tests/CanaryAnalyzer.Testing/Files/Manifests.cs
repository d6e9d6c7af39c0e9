using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.LocalCluster.Manifests;

namespace CanaryAnalyzer.Testing.Files;

/// <summary>Reads the Kubernetes manifests that the repository shows or ships.</summary>
public static partial class Manifests
{
    /// <summary>The documents of a YAML text.</summary>
    public static IReadOnlyList<JsonObject> Read(string yaml) => YamlDocuments.Read(yaml);

    /// <summary>The documents of a file: of all YAML blocks if it is Markdown, else of the whole file.</summary>
    /// <param name="relative">The file, relative to the repository's root.</param>
    public static IReadOnlyList<JsonObject> In(string relative)
    {
        var text = File.ReadAllText(Repository.PathOf(relative));
        return relative.EndsWith(".md", StringComparison.Ordinal) ? [.. Blocks().Matches(text).SelectMany(block => Read(block.Groups["yaml"].Value))] : Read(text);
    }

    /// <summary>The files below some folders that hold manifests, relative to the repository's root; folders that are not there count as empty.</summary>
    public static IReadOnlyList<string> FilesBelow(params IEnumerable<string> folders) =>
    [
        .. folders.Select(Repository.PathOf).Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories).Concat(Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"^```yaml\n(?<yaml>.*?)^```", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blocks();
}
