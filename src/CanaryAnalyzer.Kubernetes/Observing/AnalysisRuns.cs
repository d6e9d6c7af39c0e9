using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Observing;

/// <summary>AnalysisRuns as the cluster has them, whoever made them.</summary>
public static class AnalysisRuns
{
    /// <summary>Reads an AnalysisRun; null where the object has no name.</summary>
    /// <param name="resource">The object. Fields that the kind doesn't have are among the run's form errors: a misspelt condition would let every measurement pass.</param>
    public static AnalysisRun? Read(JsonObject resource)
    {
        if (!AnalysisRunJson.TryRead(JsonSerializer.SerializeToElement(resource), out var run)) return null;
        var unknown = UnknownFields.Find(resource, ResourceSchema.Of("AnalysisRun"));
        return unknown.IsEmpty ? run : run with { FormErrors = [.. unknown.Select(field => field.Error), .. run.FormErrors] };
    }
}
