using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

/// <summary>A whole number or a text, as Kubernetes writes sizes (<c>5</c>, <c>25%</c>) and durations (<c>30</c>, <c>5m</c>).</summary>
[JsonConverter(typeof(IntOrString.Converter))]
public readonly record struct IntOrString
{
    /// <summary>A number.</summary>
    public IntOrString(int number) => Number = number;

    /// <summary>A text.</summary>
    public IntOrString(string text) => Text = text;

    /// <summary>The number; null if it is a text.</summary>
    public int? Number { get; }

    /// <summary>The text; null if it is a number.</summary>
    public string? Text { get; }

    /// <summary>A number as such a value.</summary>
    public static implicit operator IntOrString(int number) => new(number);

    /// <summary>A text as such a value.</summary>
    public static implicit operator IntOrString(string text) => new(text);

    /// <summary>The number in digits, or the text.</summary>
    public override string ToString() => Text ?? (Number ?? 0).ToString(CultureInfo.InvariantCulture);

    internal sealed class Converter : JsonConverter<IntOrString>
    {
        public override IntOrString Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => new IntOrString(reader.GetString()!),
            JsonTokenType.Number when reader.TryGetInt32(out var number) => new IntOrString(number),
            _ => throw new JsonException("expected a whole number or a text"),
        };

        public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options)
        {
            if (value.Text is { } text) writer.WriteStringValue(text);
            else writer.WriteNumberValue(value.Number ?? 0);
        }
    }
}
