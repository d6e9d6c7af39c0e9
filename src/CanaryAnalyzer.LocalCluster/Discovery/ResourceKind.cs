using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Discovery;

/// <summary>A kind that the server has, in one version of its group.</summary>
internal sealed record ResourceKind(string Group, string Version, string Kind, string Plural)
{
    public string Singular { get; init; } = Kind.ToLowerInvariant();

    public string ListKind { get; init; } = Kind + "List";

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public bool Namespaced { get; init; } = true;

    public bool HasStatus { get; init; }

    public ScalePaths? Scale { get; init; }

    public GenerationRule Generation { get; init; }

    /// <summary>Answers reviews and keeps nothing.</summary>
    public bool IsReview { get; init; }

    /// <summary>The <c>openAPIV3Schema</c> of a custom resource.</summary>
    public JsonObject? Schema { get; init; }

    /// <summary>The <c>additionalPrinterColumns</c> of a custom resource.</summary>
    public JsonArray? PrinterColumns { get; init; }

    public bool IsCustom { get; init; }

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The resource without its version: what objects are stored under and messages name.</summary>
    public string Resource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
