using System.Collections;
using System.Globalization;
using System.Text.Json;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>
/// The kinds of values: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, <c>object?[]</c>,
/// <see cref="IReadOnlyDictionary{TKey,TValue}"/>, <see cref="DateTimeOffset"/>, <see cref="TimeSpan"/>.
/// </summary>
internal static class ValueFacts
{
    public const int DeepestValue = 64;

    public static string KindOf(object? value) => value switch
    {
        null => "nil",
        bool => "bool",
        long => "int",
        double => "float",
        string => "string",
        object?[] => "array",
        IReadOnlyDictionary<string, object?> => "map",
        DateTimeOffset => "time",
        TimeSpan => "duration",
        _ => "value",
    };

    public static bool IsNumber(object? value) => value is long or double;

    public static double ToDouble(object? value) => value is long whole ? whole : (double)value!;

    public static bool TryWhole(object? value, out long whole)
    {
        whole = 0;
        if (value is long number) whole = number;
        else if (value is double d && d == Math.Floor(d) && Math.Abs(d) < 1e15) whole = (long)d;
        else return false;
        return true;
    }

    public static double Number(EvaluationContext context, object? value, string what) =>
        IsNumber(value) ? ToDouble(value) : throw context.Fail($"{what} needs a number, not {KindOf(value)}");

    public static string Text(EvaluationContext context, object? value, string what) =>
        value as string ?? throw context.Fail($"{what} needs a string, not {KindOf(value)}");

    public static long Whole(EvaluationContext context, object? value, string what) =>
        TryWhole(value, out var whole) ? whole : throw context.Fail($"{what} needs a whole number, not {Describe(value)}");

    public static object?[] List(EvaluationContext context, object? value, string what) =>
        value as object?[] ?? throw context.Fail($"{what} needs an array, not {KindOf(value)}");

    public static IReadOnlyDictionary<string, object?> Map(EvaluationContext context, object? value, string what) =>
        value as IReadOnlyDictionary<string, object?> ?? throw context.Fail($"{what} needs a map, not {KindOf(value)}");

    /// <summary>A value as it may stand in a message: short.</summary>
    public static string Describe(object? value)
    {
        if (value is object?[] or IReadOnlyDictionary<string, object?>) return KindOf(value);
        var text = Print(value);
        return text.Length > 40 ? text[..40] + "…" : text;
    }

    /// <summary>A scalar as text; lists and maps are written as JSON by <see cref="JsonText"/>.</summary>
    public static string Print(object? value) => value switch
    {
        null => "nil",
        bool truth => truth ? "true" : "false",
        string text => text,
        double number when double.IsPositiveInfinity(number) => "+Inf",
        double number when double.IsNegativeInfinity(number) => "-Inf",
        TimeSpan duration => GoDuration.Format(duration),
        DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>Brings what a provider answered into the kinds that expressions know.</summary>
    public static object? From(object? value, int depth = 0)
    {
        if (depth > DeepestValue) return null;
        return value switch
        {
            null or bool or long or double or string or DateTimeOffset or TimeSpan or object?[] => value,
            int or short or byte or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            float or decimal or ulong => Convert.ToDouble(value, CultureInfo.InvariantCulture),
            JsonElement json => From(json, depth),
            IReadOnlyDictionary<string, object?> map => new SortedDictionary<string, object?>(map.ToDictionary(pair => pair.Key, pair => From(pair.Value, depth + 1)), StringComparer.Ordinal),
            IEnumerable items => items.Cast<object?>().Select(item => From(item, depth + 1)).ToArray(),
            _ => value.ToString(),
        };
    }

    public static bool TryParseFloat(string text, out double number)
    {
        var trimmed = text.TrimStart('+', '-');
        var sign = text.StartsWith('-') ? -1 : 1;
        if (trimmed.Equals("inf", StringComparison.OrdinalIgnoreCase) || trimmed.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            number = sign * double.PositiveInfinity;
            return true;
        }

        const NumberStyles Go = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign;
        if (text.Equals("nan", StringComparison.OrdinalIgnoreCase)) number = double.NaN;
        else if (!double.TryParse(text, Go, CultureInfo.InvariantCulture, out number)) return false;
        return true;
    }

    private static object? From(JsonElement json, int depth) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.Array when depth < DeepestValue => json.EnumerateArray().Select(item => From(item, depth + 1)).ToArray(),
        JsonValueKind.Object when depth < DeepestValue => FromObject(json, depth),
        _ => null,
    };

    private static SortedDictionary<string, object?> FromObject(JsonElement json, int depth)
    {
        var map = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in json.EnumerateObject()) map[field.Name] = From(field.Value, depth + 1);
        return map;
    }
}
