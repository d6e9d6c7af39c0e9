namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>The form in which a client wants objects.</summary>
internal enum AnswerKind
{
    /// <summary>The objects themselves.</summary>
    Objects,

    /// <summary>Only their metadata.</summary>
    MetadataOnly,

    /// <summary>Rows for people to read.</summary>
    Table,
}
