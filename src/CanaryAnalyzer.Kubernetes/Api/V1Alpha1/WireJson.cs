using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

/// <summary>How the wire types are read from JSON and written to it.</summary>
public static class WireJson
{
    /// <summary>Names in camel case, absent instead of null, instants in whole seconds; unknown fields are skipped.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new TimeConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Writes instants as <c>metav1.Time</c> has them: UTC, whole seconds, rounded up so that nothing happens early.</summary>
    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(KubernetesTime.Format(value));
    }
}
