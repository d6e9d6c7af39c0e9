using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Kubernetes.Tests.Api.Schemas;

/// <summary>What <c>canaryctl lint</c> refuses, the CRDs refuse at <c>kubectl apply</c>; and nothing else.</summary>
public sealed class SchemaAgreementTests
{
    /// <summary>Where lint may be stricter: what no schema can say, or what Argo's API server must store because Argo's controller takes it or passes over it.</summary>
    private static readonly (string Path, string Reason)[] Exceptions =
    [
        (@"\.(requests|errors|histogram|query|canary|stable|successCondition)$", "a language of its own"),
        (@"\.(interval|minDuration|maxDuration|history|scrapeInterval|margin|tolerance|ratio|absolute|count|failureLimit|inconclusiveLimit|consecutiveSuccessLimit)$", "depends on another field, or on how long a duration is"),
        (@"progressDeadlineSeconds|minReadySeconds|maxSurge|maxUnavailable", "depends on another field"),
        (@"onInconclusive|acceptUndetected", "depends on another field"),
        (@"^spec\.(workloadRef|template|selector)|\.(canaryService|stableService)$|trafficRouting|\.templates", "Argo's controller refuses it, or passes over it"),
        (@"^spec\.strategy(\.canary\.analysis)?$|^spec\.metrics(\[0\]\.(name|provider|provider\.plugin|provider\.prometheus))?$", "Argo's controller refuses it, or passes over it"),
        (@"headers|authentication|dryRun|initialDelay", "Argo's own field"),
    ];

    /// <summary>Where the CRDs are stricter: an argument is a string, which no margin of rates can be; lint waits for its value.</summary>
    private const string StricterInCrd = @"measures\[[01]\]\.(margin|tolerance): ""\{\{";


    public static TheoryData<string> Names => [.. ConstrainedManifests.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Manifest_itself_is_sound(string name)
    {
        var manifest = Parse(name);

        Assert.Empty(ConstrainedManifests.ErrorsOf(manifest));
        Assert.Empty(Problems(manifest));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Lint_and_crd_agree_on_every_value_of_every_field(string name)
    {
        var disagreements = new List<string>();
        foreach (var (path, sample, manifest) in Changed(name))
        {
            var errors = ConstrainedManifests.ErrorsOf(manifest);
            var problems = Problems(manifest);
            if (errors.Count == 0 && problems.Count > 0 && !Matches($"{path}: {sample}", StricterInCrd)) disagreements.Add($"{path}: {sample} is refused by the CRD alone: {problems[0]}");
            if (errors.Any(error => !IsUnknownField(error)) && problems.Count == 0 && !Exceptions.Any(one => Matches(path, one.Path))) disagreements.Add($"{path}: {sample} is refused by lint alone: {errors[0]}");
        }

        Assert.True(disagreements.Count == 0, string.Join('\n', disagreements));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_real_api_server_reads_the_crd_as_this_test_does(string name)
    {
        var kubeconfig = Environment.GetEnvironmentVariable("CANARY_CRD_KUBECONFIG");
        Assert.SkipWhen(string.IsNullOrEmpty(kubeconfig), "no API server with the CRDs: CANARY_CRD_KUBECONFIG names none");
        using var connection = ClusterConnection.Open(new ClusterOptions { Kubeconfig = kubeconfig }, TimeProvider.System);
        var type = ConstrainedManifests.TypeOf(Parse(name));
        var disagreements = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Changed(name), TestContext.Current.CancellationToken, async (change, token) =>
        {
            var problems = Problems(change.Manifest);
            var answer = await AnswerAsync(connection.Resources, type, change.Manifest, token);
            if ((answer is null) != (problems.Count == 0)) disagreements.Add($"{change.Path}: {change.Sample}: {answer ?? "taken"}, expected {(problems.Count == 0 ? "to be taken" : problems[0])}");
        });

        Assert.True(disagreements.IsEmpty, string.Join('\n', disagreements));
    }

    /// <summary>Why the API server refuses a resource; null where it takes it.</summary>
    private static async Task<string?> AnswerAsync(IResourceClient client, ResourceType type, JsonObject manifest, CancellationToken token)
    {
        try
        {
            await client.CreateAsync(type, "default", InDefault(manifest), dryRun: true, token);
            return null;
        }
        catch (ResourceException exception) when (exception.IsInvalid)
        {
            return exception.Message;
        }
    }

    private static JsonObject InDefault(JsonObject manifest)
    {
        manifest["metadata"]!["namespace"] = "default";
        (manifest["metadata"] as JsonObject)!.Remove("uid");
        return manifest;
    }

    private static IReadOnlyList<string> Problems(JsonObject manifest) => Definitions.Problems(ConstrainedManifests.SchemaOf(manifest).Plural, manifest);

    // The API server keeps them, so that the controller can name them.
    private static bool IsUnknownField(SpecError error) => error.Message.Contains("is no known field", StringComparison.Ordinal) || error.Message.Contains("is not a field here", StringComparison.Ordinal);

    private static bool Matches(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1));

    private static JsonObject Parse(string name) => SeedManifests.Parse(ConstrainedManifests.All[name]);

    /// <summary>The manifest once for each value in each of its fields; what the templates of all measures have in common, in one of them.</summary>
    private static IEnumerable<(string Path, string Sample, JsonObject Manifest)> Changed(string name)
    {
        foreach (var path in Paths(Parse(name)["spec"]!, "spec").Where(path => Own(name) is not { } own || path.Contains(own)).ToList())
        {
            foreach (var sample in ConstrainedManifests.Samples)
            {
                var manifest = Parse(name);
                Set(manifest, path, JsonNode.Parse(sample));
                yield return (string.Concat(path.Select(step => step is int index ? $"[{index}]" : "." + step)).TrimStart('.'), sample, manifest);
            }
        }
    }

    private static string? Own(string name) => name switch { "latency" or "series" or "limit" or "traffic" => "measures", "inline" => "template", _ => null };

    private static IEnumerable<object[]> Paths(JsonNode node, params object[] path)
    {
        // An argument's or a label's name and value are for users to choose.
        if (path[^1] is "matchLabels" or "args") yield break;
        if (path.Length > 1) yield return path;
        var children = node switch
        {
            JsonObject map => map.Where(field => field.Value is not null).Select(field => (Step: (object)field.Key, Node: field.Value!)),
            JsonArray list => list.Select((item, index) => (Step: (object)index, Node: item!)),
            _ => [],
        };
        foreach (var found in children.SelectMany(child => Paths(child.Node, [.. path, child.Step]))) yield return found;
    }

    private static void Set(JsonNode root, object[] path, JsonNode? value)
    {
        var node = root;
        foreach (var step in path[..^1]) node = step is int index ? node[index]! : node[(string)step]!;
        if (path[^1] is int last) node[last] = value;
        else node[(string)path[^1]] = value;
    }
}
