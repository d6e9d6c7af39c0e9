using System.Collections.Immutable;
using System.Reflection;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Experiments;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Policies;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>What a resource of one kind may hold, read from its wire type.</summary>
public sealed class ResourceSchema
{
    private ResourceSchema(Type type)
    {
        var resource = type.GetCustomAttribute<CustomResourceAttribute>()!;
        (Type, Group, Plural, Kind) = (type, resource.Group, resource.Plural, type.Name);
        Root = SchemaReader.Read(type);
    }

    /// <summary>The schemas of all our kinds.</summary>
    public static ImmutableArray<ResourceSchema> All { get; } =
    [
        .. new[] { typeof(Rollout), typeof(AnalysisTemplate), typeof(ClusterAnalysisTemplate), typeof(AnalysisRun), typeof(Experiment), typeof(PromotionPolicy) }
            .Select(type => new ResourceSchema(type)),
    ];

    /// <summary>The API group, such as <c>argoproj.io</c>; the version is always <c>v1alpha1</c>.</summary>
    public string Group { get; }

    /// <summary>The kind, such as <c>Rollout</c>.</summary>
    public string Kind { get; }

    /// <summary>The name under which the API server serves the resources.</summary>
    public string Plural { get; }

    /// <summary>The schema of the whole resource.</summary>
    public FieldSchema Root { get; }

    /// <summary>The wire type.</summary>
    internal Type Type { get; }

    /// <summary>The schema of a kind of ours.</summary>
    /// <param name="kind">The kind, such as <c>Rollout</c>.</param>
    /// <exception cref="ArgumentException">The kind is none of ours.</exception>
    public static ResourceSchema Of(string kind) =>
        All.FirstOrDefault(schema => schema.Kind == kind) ?? throw new ArgumentException($"No resource of ours has the kind {kind}.", nameof(kind));
}
