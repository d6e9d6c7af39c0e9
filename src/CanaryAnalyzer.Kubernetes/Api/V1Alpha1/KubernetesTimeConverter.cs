using System.Text.Json;
using System.Text.Json.Serialization;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

/// <summary>Writes instants as <c>metav1.Time</c> has them: UTC, whole seconds, rounded up so that nothing happens early.</summary>
internal sealed class KubernetesTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(KubernetesTime.Format(value));
}
