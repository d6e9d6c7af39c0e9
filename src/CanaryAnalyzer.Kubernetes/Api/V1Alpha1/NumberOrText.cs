using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

/// <summary>A number or a text, as shares are written: <c>0.05</c>, <c>5%</c>, or <c>{{args.share}}</c>.</summary>
[JsonConverter(typeof(NumberOrText.Converter))]
public readonly record struct NumberOrText
{
    /// <summary>A number.</summary>
    public NumberOrText(double number) => Number = number;

    /// <summary>A text.</summary>
    public NumberOrText(string text) => Text = text;

    /// <summary>The number; null if it is a text.</summary>
    public double? Number { get; }

    /// <summary>The text; null if it is a number.</summary>
    public string? Text { get; }

    /// <summary>The number in its shortest form, or the text.</summary>
    public override string ToString() => Text ?? (Number ?? 0).ToString("R", CultureInfo.InvariantCulture);

    internal sealed class Converter : JsonConverter<NumberOrText>
    {
        public override NumberOrText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => new NumberOrText(reader.GetString()!),
            JsonTokenType.Number => new NumberOrText(reader.GetDouble()),
            _ => throw new JsonException("expected a number or a text"),
        };

        public override void Write(Utf8JsonWriter writer, NumberOrText value, JsonSerializerOptions options)
        {
            if (value.Text is { } text) writer.WriteStringValue(text);
            else writer.WriteNumberValue(value.Number ?? 0);
        }
    }
}
