namespace CanaryAnalyzer.LocalCluster.Objects;

/// <summary>How a write is meant: tried only, by whom, and whether unknown fields are refused.</summary>
internal sealed record WriteOptions
{
    public static readonly WriteOptions Controller = new() { FieldManager = "local-cluster" };

    public bool DryRun { get; init; }

    public string FieldManager { get; init; } = "unknown";

    public bool RefuseUnknownFields { get; init; }

    /// <summary>A server-side apply, which keeps the owners of fields itself.</summary>
    public bool IsApply { get; init; }

    /// <summary><c>status</c>, <c>scale</c>, or empty for the object itself.</summary>
    public string Subresource { get; init; } = "";
}
