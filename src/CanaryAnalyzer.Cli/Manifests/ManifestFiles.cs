using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CanaryAnalyzer.Cli.Manifests;

/// <summary>Reads manifests from files and folders.</summary>
internal sealed class ManifestFiles
{
    private const long LargestFile = 10_000_000;
    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    private readonly List<Manifest> _found = [];
    private readonly List<ManifestProblem> _problems = [];

    /// <summary>The objects, in the order of the files; the items of a <c>List</c> each by themselves.</summary>
    public IReadOnlyList<Manifest> Found => _found;

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<ManifestProblem> Problems => _problems;

    /// <summary>Reads what the paths name; a folder means the manifests in it and below.</summary>
    public static ManifestFiles Read(IEnumerable<string> paths)
    {
        var files = new ManifestFiles();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
                files.AddFolder(path);
            else
                files.AddFile(path);
        }

        return files;
    }

    private void AddFolder(string path)
    {
        var inside = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToList();
        if (inside.Count == 0)
            _problems.Add(new ManifestProblem(path, Mark.Start, "no .yaml, .yml or .json file is in this folder or below it"));
        inside.ForEach(AddFile);
    }

    private void AddFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file is { Exists: true, Length: > LargestFile })
                _problems.Add(new ManifestProblem(path, Mark.Start, "has more than 10 MB: is it a manifest?"));
            else
                AddText(path, File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _problems.Add(new ManifestProblem(path, Mark.Start, failure is FileNotFoundException or DirectoryNotFoundException ? "no such file or folder" : failure.Message));
        }
    }

    private void AddText(string path, string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            foreach (var document in stream.Documents)
            {
                if (YamlReading.Read(document.RootNode) is { } read)
                    Add(path, read.Resource, document.RootNode, read.Marks);
            }
        }
        catch (YamlException wrong)
        {
            _problems.Add(new ManifestProblem(path, Mark.Of(wrong.Start), $"is no YAML: {wrong.InnerException?.Message ?? wrong.Message}"));
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet throws these, without a place, at some texts that are no YAML.
            _problems.Add(new ManifestProblem(path, parser.Current is { } last ? Mark.Of(last.End) : Mark.Start, "is no YAML from here on: a bracket, a quote or a colon is wrong or missing"));
        }
    }

    private void Add(string path, JsonObject resource, YamlNode node, Marks marks)
    {
        if (resource["kind"]?.ToString() != "List" || resource["items"] is not JsonArray)
        {
            _found.Add(new Manifest(path, resource, marks));
            return;
        }

        foreach (var item in ((YamlSequenceNode)node["items"]).Children)
        {
            if (YamlReading.Read(item) is { } read)
                _found.Add(new Manifest(path, read.Resource, read.Marks));
        }
    }
}
