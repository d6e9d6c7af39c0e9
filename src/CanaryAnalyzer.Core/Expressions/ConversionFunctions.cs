using System.Globalization;
using System.Text;
using static CanaryAnalyzer.Core.Expressions.ValueFacts;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Functions from one kind of value to another.</summary>
internal static class ConversionFunctions
{
    public static object AsInt(EvaluationContext context, object?[] a) => a[0] is bool
        ? throw context.Fail("asInt() needs a number or a string, not bool")
        : Int(context, a, "asInt()");

    public static object AsFloat(EvaluationContext context, object?[] a) => Float(context, a, "asFloat()");

    public static object Int(EvaluationContext context, object?[] a) => Int(context, a, "int()");

    public static object Float(EvaluationContext context, object?[] a) => Float(context, a, "float()");

    public static object String(EvaluationContext context, object?[] a)
    {
        if (a[0] is object?[] or IReadOnlyDictionary<string, object?>) return JsonText.Write(context, a[0], indented: false);
        var text = Print(a[0]);
        context.Produce(text.Length);
        return text;
    }

    public static object ToBase64(EvaluationContext context, object?[] a)
    {
        var bytes = Encoding.UTF8.GetBytes(Text(context, a[0], "toBase64()"));
        context.Produce(bytes.Length * 2L);
        return Convert.ToBase64String(bytes);
    }

    public static object FromBase64(EvaluationContext context, object?[] a)
    {
        var text = Text(context, a[0], "fromBase64()");
        context.Produce(text.Length);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written) : throw context.Fail("fromBase64() needs Base64");
    }

    private static long Int(EvaluationContext context, object?[] a, string what)
    {
        switch (a[0])
        {
            case long whole:
                return whole;
            case double number when Math.Abs(number) < 9.2e18:
                return (long)number;
            case double number:
                throw context.Fail($"{what} can't make a whole number of {Print(number)}");
            case string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed):
                return parsed;
            case string text:
                throw context.Fail($"{what} can't read \"{Describe(text)}\" as a whole number");
            default:
                throw context.Fail($"{what} needs a number or a string, not {KindOf(a[0])}");
        }
    }

    private static double Float(EvaluationContext context, object?[] a, string what) => a[0] switch
    {
        long or double => ToDouble(a[0]),
        string text when TryParseFloat(text, out var parsed) => parsed,
        string text => throw context.Fail($"{what} can't read \"{Describe(text)}\" as a number"),
        _ => throw context.Fail($"{what} needs a number or a string, not {KindOf(a[0])}"),
    };
}
