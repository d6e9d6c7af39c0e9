using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

/// <summary>Writes instants as <c>metav1.Time</c> has them: UTC, whole seconds, rounded up so that nothing happens early.</summary>
internal sealed class KubernetesTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        var beyond = value.UtcTicks % TimeSpan.TicksPerSecond;
        var whole = beyond == 0 ? value : value.AddTicks(TimeSpan.TicksPerSecond - beyond);
        writer.WriteStringValue(whole.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
