namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>Which objects of a kind to list or watch.</summary>
public sealed record ListOptions
{
    /// <summary>Everything, everywhere.</summary>
    public static ListOptions All { get; } = new();

    /// <summary>Only this namespace; null for all of them.</summary>
    public string? Namespace { get; init; }

    /// <summary>Only objects with such labels, in the API's own notation (<c>app=web,tier!=cache</c>).</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Only objects with such fields (<c>metadata.name=web</c>).</summary>
    public string? FieldSelector { get; init; }
}
