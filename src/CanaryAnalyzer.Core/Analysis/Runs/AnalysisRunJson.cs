using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Analysis.Runs;

/// <summary>AnalysisRuns as the API server has them.</summary>
public static class AnalysisRunJson
{
    /// <summary>Reads an AnalysisRun. A spec with errors is read as far as it goes: the run is to say what is wrong with it.</summary>
    /// <param name="json">The whole object.</param>
    /// <param name="run">The run; null where the object has no name.</param>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out AnalysisRun? run)
    {
        run = null;
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("metadata", out var metadata) && Text(metadata, "name") is { } name)
        {
            json.TryGetProperty("spec", out var spec);
            json.TryGetProperty("status", out var status);
            var errors = new List<SpecError>();
            var read = ReadSpec(spec, errors);
            run = new AnalysisRun
            {
                Name = name,
                Namespace = Text(metadata, "namespace") ?? "default",
                Uid = Text(metadata, "uid") ?? "",
                Labels = Texts(metadata, "labels"),
                Annotations = Texts(metadata, "annotations"),
                IsBeingDeleted = Text(metadata, "deletionTimestamp") is not null,
                Spec = read,
                FormErrors = [.. errors],
                Status = RunStatusJson.Read(status),
            };
        }

        return run is not null;
    }

    /// <summary>The spec as JSON, for a run to be created.</summary>
    public static JsonObject Write(AnalysisRunSpec spec)
    {
        var json = new JsonObject { ["metrics"] = new JsonArray([.. spec.Metrics.Select(metric => JsonNode.Parse(metric.GetRawText()))]) };
        if (!spec.Args.IsEmpty) json["args"] = new JsonArray([.. spec.Args.Select(Write)]);
        if (!spec.DryRun.IsEmpty) json["dryRun"] = new JsonArray([.. spec.DryRun.Select(name => new JsonObject { ["metricName"] = name })]);
        if (!spec.MeasurementRetention.IsEmpty)
            json["measurementRetention"] = new JsonArray([.. spec.MeasurementRetention.Select(rule => new JsonObject { ["metricName"] = rule.MetricName, ["limit"] = rule.Limit })]);
        if (spec.Terminate) json["terminate"] = true;
        if (spec.Ttl is { } ttl) json["ttlStrategy"] = Write(ttl);
        return json;
    }

    internal static string? Text(JsonElement json, string field) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal static ImmutableSortedDictionary<string, string> Texts(JsonElement json, string field)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(field, out var map) || map.ValueKind != JsonValueKind.Object)
            return ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);
        return map.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.String)
            .ToImmutableSortedDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal);
    }

    private static AnalysisRunSpec ReadSpec(JsonElement json, List<SpecError> errors)
    {
        if (json.ValueKind == JsonValueKind.Undefined) return new AnalysisRunSpec { Metrics = [] };
        if (SpecReader.Open(json, "spec", errors) is not { } reader) return new AnalysisRunSpec { Metrics = [] };
        return new AnalysisRunSpec
        {
            Metrics = [.. reader.Items("metrics", "a list of metrics").Select(metric => metric.Clone())],
            Args = AnalysisFields.Arguments(reader),
            Terminate = reader.Flag("terminate", missing: false),
            DryRun = AnalysisFields.DryRun(reader),
            MeasurementRetention = AnalysisFields.Retention(reader),
            Ttl = reader.Child("ttlStrategy") is { } ttl
                ? new TtlStrategy { SecondsAfterCompletion = Seconds(ttl, "secondsAfterCompletion"), SecondsAfterFailure = Seconds(ttl, "secondsAfterFailure"), SecondsAfterSuccess = Seconds(ttl, "secondsAfterSuccess") }
                : null,
        };
    }

    private static int? Seconds(SpecReader reader, string field) => reader.Has(field) ? (int)reader.Whole(field, 0, 0, int.MaxValue) : null;

    private static JsonObject Write(ArgumentSpec argument)
    {
        var json = new JsonObject { ["name"] = argument.Name };
        if (argument.Value is not null) json["value"] = argument.Value;
        else if (argument.Secret is { } secret) json["valueFrom"] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = secret.Name, ["key"] = secret.Key } };
        else if (argument.FieldPath is { } field) json["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["fieldPath"] = field } };
        return json;
    }

    private static JsonObject Write(TtlStrategy ttl)
    {
        var json = new JsonObject();
        if (ttl.SecondsAfterCompletion is { } completion) json["secondsAfterCompletion"] = completion;
        if (ttl.SecondsAfterFailure is { } failure) json["secondsAfterFailure"] = failure;
        if (ttl.SecondsAfterSuccess is { } success) json["secondsAfterSuccess"] = success;
        return json;
    }
}
