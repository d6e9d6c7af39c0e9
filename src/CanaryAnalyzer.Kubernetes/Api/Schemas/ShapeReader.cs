using System.Globalization;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>Reads what a <see cref="ShapeAttribute"/> asks of a value, for numbers and for strings.</summary>
internal static class ShapeReader
{
    private const string Argument = @".*\{\{.*\}\}.*";
    private const string Power = "[0-9]+(\\.[0-9]+)?[eE][+-]?[0-9]+";
    private const string Unit = "(ns|us|µs|μs|ms|s|m|h)";
    private const string Term = @"([0-9]+(\.[0-9]*)?|\.[0-9]+)" + Unit;
    private const string PositiveTerm = @"([0-9]*[1-9][0-9]*(\.[0-9]*)?|[0-9]*\.[0-9]*[1-9][0-9]*)" + Unit;
    private const string Durations = $"0|({Term})+";

    /// <summary>The schema with what the shape asks.</summary>
    public static FieldSchema Shaped(FieldSchema schema, ShapeAttribute shape)
    {
        var argument = (shape.TakesArguments ? "|" + Argument : "") + (shape.TakesEmpty ? "|" : "");
        var (pattern, wanted) = Texts(shape);
        var limited = shape.Shape switch
        {
            ValueShape.Share => schema with { Accepts = schema.Accepts | JsonKinds.Integer | JsonKinds.Number, Minimum = shape.Minimum, Maximum = double.IsNaN(shape.Maximum) ? 1 : shape.Maximum },
            ValueShape.Number or ValueShape.Count => schema with { Minimum = shape.Minimum, Maximum = double.IsNaN(shape.Maximum) ? schema.Maximum : shape.Maximum },
            ValueShape.Wait or ValueShape.Pods => schema with { Minimum = 0 },
            _ => schema,
        };
        if (shape.Shape == ValueShape.Count) limited = limited with { Accepts = JsonKinds.Integer | JsonKinds.Text };
        return limited with { Pattern = shape.Shape == ValueShape.Filled ? pattern : $"^({pattern}{argument})$", Wanted = wanted, IsMinimumExclusive = shape.ExclusiveMinimum };
    }

    private static (string Pattern, string Wanted) Texts(ShapeAttribute shape) => shape.Shape switch
    {
        ValueShape.Duration => (Durations, "a duration such as 1h30m"),
        ValueShape.PositiveDuration => ($"({Term})*{PositiveTerm}({Term})*", "a duration above 0s such as 1h30m"),
        ValueShape.Wait => ($"[0-9]{{1,9}}|{Durations}", "seconds such as 30 or a duration such as 5m"),
        ValueShape.Share => Share(shape),
        ValueShape.Number => Number(shape),
        ValueShape.Count => Count(shape),
        ValueShape.Pods => ("[0-9]{1,9}%", "a number of pods such as 1 or a percentage such as 25%"),
        ValueShape.Filled => (@"\S", "a string that isn't blank"),
        ValueShape.ShortName => (@"\S.{0,62}", "a name of at most 63 characters"),
        ValueShape.LabelName => ("[A-Za-z0-9_]+", "a label's name such as pod"),
        ValueShape.Address => (@"[hH][tT][tT][pP][sS]?://[^?\s]+", "an address such as http://prometheus:9090"),
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape.Shape, null),
    };

    private static (string Pattern, string Wanted) Share(ShapeAttribute shape)
    {
        var (least, most) = ((decimal)shape.Minimum, double.IsNaN(shape.Maximum) ? 1 : (decimal)shape.Maximum);
        var (percent, part) = (DecimalPattern.Of(Plain(100 * least), Plain(100 * most), shape.ExclusiveMinimum), DecimalPattern.Of(least, most, shape.ExclusiveMinimum));
        var from = shape.ExclusiveMinimum ? $"above {Percent(least)} and up to" : $"from {Percent(least)} to";
        return ($"0*{percent}%|0*{part}|{Power}%?", $"a share {from} {Percent(most)} such as {shape.Example ?? "5%"}");
    }

    private static (string Pattern, string Wanted) Number(ShapeAttribute shape)
    {
        decimal? most = double.IsNaN(shape.Maximum) ? null : (decimal)shape.Maximum;
        var least = (decimal)shape.Minimum;
        var limits = (shape.ExclusiveMinimum, most) switch
        {
            (true, _) => $"above {Text(least)} ",
            (false, { } greatest) => $"from {Text(least)} to {Text(greatest)} ",
            _ => "",
        };
        return ($"0*{DecimalPattern.Of(least, most, shape.ExclusiveMinimum)}|{Power}", $"a number {limits}such as {shape.Example ?? "1.5"}");
    }

    private static (string Pattern, string Wanted) Count(ShapeAttribute shape)
    {
        // Limits beyond a sign are for numbers alone: a count in quotes is one that an argument left.
        var sign = shape.Minimum < 0 ? "-1|" : "";
        return ($"{sign}[0-9]+", shape.Minimum < 0 ? "an integer from -1 such as 3" : "an integer that isn't negative such as 100");
    }

    private static decimal Plain(decimal number) => number / 1.000000000000000000000000000000m;

    private static string Percent(decimal share) => Text(Plain(100 * share)) + "%";

    private static string Text(decimal number) => number.ToString("0.##########", CultureInfo.InvariantCulture);
}
