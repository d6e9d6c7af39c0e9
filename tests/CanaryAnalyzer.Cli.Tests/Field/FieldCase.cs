using System.Text.Json.Nodes;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Cli.Tests.Field;

/// <summary>One file of <c>Field/Cases</c>: what a Prometheus had, how it is compared, and what must come of it.</summary>
internal sealed record FieldCase
{
    /// <summary>The verdict on a template that must not be taken at all.</summary>
    public const string Refused = "Refused";

    private const string Folder = "tests/CanaryAnalyzer.Cli.Tests/Field/Cases";

    /// <summary>The file's name without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>The comparison, as it stands under <c>provider.plugin</c>.</summary>
    public required JsonObject Comparison { get; init; }

    /// <summary>The verdict and its reason, such as <c>Rollback HarmShown</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>The latest look at which a rollback or a promotion may come; null where that is no matter.</summary>
    public required int? By { get; init; }

    /// <summary>The most requests of stable that may be counted, so that none come out of nothing; null where that is no matter.</summary>
    public required long? StableRequests { get; init; }

    /// <summary>Texts that the message must contain.</summary>
    public required IReadOnlyList<string> Says { get; init; }

    /// <summary>Texts that the message must not contain.</summary>
    public required IReadOnlyList<string> Silent { get; init; }

    /// <summary>The series.</summary>
    public required IReadOnlyList<FieldSeries> Series { get; init; }

    /// <summary>The names of all cases, in order.</summary>
    public static IReadOnlyList<string> Names => [.. Directory.GetFiles(Repository.PathOf(Folder), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Reads a case.</summary>
    public static FieldCase Read(string name)
    {
        var json = YamlReading.ToJson(File.ReadAllText(Path.Combine(Repository.PathOf(Folder), name + ".yaml"))).AsObject();
        return new FieldCase
        {
            Name = name,
            Comparison = json["comparison"]!.AsObject(),
            Verdict = json["verdict"]!.ToString(),
            By = (int?)json["by"]?.GetValue<long>(),
            StableRequests = json["stableRequests"]?.GetValue<long>(),
            Says = Texts(json["says"]),
            Silent = Texts(json["silent"]),
            Series = FieldSeries.Read(json["samples"]!.ToString()),
        };
    }

    /// <summary>The case as a template that <c>canaryctl analyze</c> reads: looks each 30 s for at most 15 minutes, with 10 minutes of history, unless the case says otherwise.</summary>
    public string Template()
    {
        var comparison = new JsonObject { ["interval"] = "30s", ["minDuration"] = "3m", ["maxDuration"] = "15m", ["history"] = "10m", ["minRequests"] = 100 };
        foreach (var (field, value) in Comparison) comparison[field] = value?.DeepClone();
        return new JsonObject
        {
            ["apiVersion"] = "argoproj.io/v1alpha1",
            ["kind"] = "AnalysisTemplate",
            ["metadata"] = new JsonObject { ["name"] = "field" },
            ["spec"] = new JsonObject
            {
                ["metrics"] = new JsonArray(new JsonObject { ["name"] = "field", ["provider"] = new JsonObject { ["plugin"] = new JsonObject { ["canaryanalyzer/compare"] = comparison } } }),
            },
        }.ToJsonString();
    }

    private static IReadOnlyList<string> Texts(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => [.. list.Select(one => one!.ToString())],
        _ => [node.ToString()],
    };
}
