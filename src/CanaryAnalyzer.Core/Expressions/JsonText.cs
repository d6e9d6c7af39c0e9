using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using static CanaryAnalyzer.Core.Expressions.ValueFacts;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Values as JSON and back.</summary>
internal static class JsonText
{
    public static object Write(EvaluationContext context, object? value, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
            Write(context, writer, value, 0);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static object? Read(EvaluationContext context, object?[] a)
    {
        var text = Text(context, a[0], "fromJSON()");
        context.Produce(text.Length);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DeepestValue });
            return From(document.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            throw context.Fail($"fromJSON() can't read the text: {exception.Message}");
        }
    }

    private static void Write(EvaluationContext context, Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > DeepestValue) throw context.Fail("the value is nested too deep for JSON");
        context.Produce(1 + (value is string letters ? letters.Length : 0));
        switch (value)
        {
            case object?[] list:
                writer.WriteStartArray();
                foreach (var item in list) Write(context, writer, item, depth + 1);
                writer.WriteEndArray();
                break;
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartObject();
                foreach (var (key, item) in map)
                {
                    context.Produce(key.Length);
                    writer.WritePropertyName(key);
                    Write(context, writer, item, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case double number when !double.IsFinite(number):
                throw context.Fail($"JSON has no {Print(number)}");
            case double number:
                writer.WriteNumberValue(number);
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue(Print(value));
                break;
        }
    }
}
