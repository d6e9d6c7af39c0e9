namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>What a comparison writes into its measurement's metadata.</summary>
public static class MetadataKeys
{
    /// <summary>What the next look needs; for nobody else.</summary>
    public const string State = "state";

    /// <summary>The verdict in a sentence.</summary>
    public const string Sentence = "sentence";

    /// <summary>The selectors whose series are counted, one a line; one request may have asked for several.</summary>
    public const string Queries = "queries";

    /// <summary>Why sides have no series, which is found out at every tenth look only. Not in the state, as it may name arguments, which are masked.</summary>
    public const string Missing = "missing";
}
