using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Admission;
using CanaryAnalyzer.LocalCluster.Objects;

namespace CanaryAnalyzer.Testing.Files;

/// <summary>The CustomResourceDefinitions in deploy/crds, as an API server that knows OpenAPI alone reads them.</summary>
public static class Definitions
{
    private static readonly ConcurrentDictionary<string, JsonObject> Schemas = new(StringComparer.Ordinal);

    /// <summary>What an API server would refuse about a resource; empty where it takes it.</summary>
    /// <param name="plural">The name of the kind's definition, such as <c>rollouts</c>.</param>
    /// <param name="resource">The resource.</param>
    public static IReadOnlyList<string> Problems(string plural, JsonObject resource)
    {
        var (problems, stored) = (new List<FieldProblem>(), resource.DeepClone().AsObject());
        SchemaDefaults.Apply(Schema(plural), stored);
        SchemaValidator.Check(Schema(plural), stored, problems);
        return [.. problems.Select(problem => problem.ToString())];
    }

    private static JsonObject Schema(string plural) => Schemas.GetOrAdd(plural, Read);

    private static JsonObject Read(string plural) =>
        Manifests.In($"deploy/crds/{plural}.yaml")[0]["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!.AsObject();
}
