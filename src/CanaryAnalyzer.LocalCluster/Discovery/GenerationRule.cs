namespace CanaryAnalyzer.LocalCluster.Discovery;

/// <summary>What raises <c>metadata.generation</c>.</summary>
internal enum GenerationRule
{
    /// <summary>The kind has no generation.</summary>
    None,

    /// <summary>A change of <c>spec</c>.</summary>
    Spec,

    /// <summary>Any change outside <c>metadata</c> and <c>status</c>: a custom resource with a status subresource.</summary>
    AllButStatus,

    /// <summary>Any change outside <c>metadata</c>: a custom resource without a status subresource.</summary>
    AllButMetadata,
}
