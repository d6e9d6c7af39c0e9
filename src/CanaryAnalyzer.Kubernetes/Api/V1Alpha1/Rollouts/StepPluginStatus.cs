using System.Text.Json;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>What one step plugin has said.</summary>
public sealed class StepPluginStatus
{
    /// <summary>Index of the step.</summary>
    public required int Index { get; set; }

    /// <summary>Name of the plugin.</summary>
    public required string Name { get; set; }

    /// <summary>Run, Terminate or Abort.</summary>
    public string? Operation { get; set; }

    /// <summary>Running, Successful, Failed or Error.</summary>
    public string? Phase { get; set; }

    /// <summary>The plugin's message.</summary>
    public string? Message { get; set; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it last said something.</summary>
    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>How long to wait before asking again.</summary>
    public string? Backoff { get; set; }

    /// <summary>How often it was asked.</summary>
    public int? Executions { get; set; }

    /// <summary>Whether the plugin is switched off.</summary>
    public bool? Disabled { get; set; }

    /// <summary>The plugin's own state.</summary>
    public JsonElement? Status { get; set; }
}
