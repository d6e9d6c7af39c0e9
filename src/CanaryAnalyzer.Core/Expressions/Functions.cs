using System.Globalization;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>All functions by name: those of analyses and those of the language.</summary>
internal static class Functions
{
    private const int Any = int.MaxValue;

    private static readonly Dictionary<string, FunctionSignature> Table = new(StringComparer.Ordinal)
    {
        ["asInt"] = new(1, 1, ConversionFunctions.AsInt),
        ["asFloat"] = new(1, 1, ConversionFunctions.AsFloat),
        ["isNaN"] = new(1, 1, (context, a) => double.IsNaN(ValueFacts.Number(context, a[0], "isNaN()"))),
        ["isInf"] = new(1, 1, (context, a) => double.IsInfinity(ValueFacts.Number(context, a[0], "isInf()"))),
        ["isNil"] = new(1, 1, (_, a) => a[0] is null),
        ["default"] = new(2, 2, (_, a) => a[0] ?? a[1]),
        ["int"] = new(1, 1, ConversionFunctions.Int),
        ["float"] = new(1, 1, ConversionFunctions.Float),
        ["string"] = new(1, 1, ConversionFunctions.String),
        ["type"] = new(1, 1, (_, a) => ValueFacts.KindOf(a[0])),
        ["toJSON"] = new(1, 1, (context, a) => JsonText.Write(context, a[0], indented: true)),
        ["fromJSON"] = new(1, 1, JsonText.Read),
        ["toBase64"] = new(1, 1, ConversionFunctions.ToBase64),
        ["fromBase64"] = new(1, 1, ConversionFunctions.FromBase64),
        ["abs"] = new(1, 1, NumberFunctions.Abs),
        ["ceil"] = new(1, 1, (context, a) => Math.Ceiling(ValueFacts.Number(context, a[0], "ceil()"))),
        ["floor"] = new(1, 1, (context, a) => Math.Floor(ValueFacts.Number(context, a[0], "floor()"))),
        ["round"] = new(1, 1, (context, a) => Math.Round(ValueFacts.Number(context, a[0], "round()"), MidpointRounding.AwayFromZero)),
        ["max"] = new(1, Any, NumberFunctions.Max),
        ["min"] = new(1, Any, NumberFunctions.Min),
        ["mean"] = new(1, Any, NumberFunctions.Mean),
        ["median"] = new(1, Any, NumberFunctions.Median),
        ["bitand"] = new(2, 2, NumberFunctions.Bits("bitand()", (a, b) => a & b)),
        ["bitor"] = new(2, 2, NumberFunctions.Bits("bitor()", (a, b) => a | b)),
        ["bitxor"] = new(2, 2, NumberFunctions.Bits("bitxor()", (a, b) => a ^ b)),
        ["bitnand"] = new(2, 2, NumberFunctions.Bits("bitnand()", (a, b) => a & ~b)),
        ["bitnot"] = new(1, 1, (context, a) => ~ValueFacts.Whole(context, a[0], "bitnot()")),
        ["trim"] = new(1, 2, TextFunctions.Trim),
        ["trimPrefix"] = new(2, 2, TextFunctions.TrimPrefix),
        ["trimSuffix"] = new(2, 2, TextFunctions.TrimSuffix),
        ["upper"] = new(1, 1, (context, a) => ValueFacts.Text(context, a[0], "upper()").ToUpperInvariant()),
        ["lower"] = new(1, 1, (context, a) => ValueFacts.Text(context, a[0], "lower()").ToLowerInvariant()),
        ["split"] = new(2, 3, TextFunctions.Split),
        ["splitAfter"] = new(2, 3, TextFunctions.SplitAfter),
        ["replace"] = new(3, 3, TextFunctions.Replace),
        ["repeat"] = new(2, 2, TextFunctions.Repeat),
        ["join"] = new(1, 2, TextFunctions.Join),
        ["indexOf"] = new(2, 2, TextFunctions.IndexOf),
        ["lastIndexOf"] = new(2, 2, TextFunctions.LastIndexOf),
        ["hasPrefix"] = new(2, 2, TextFunctions.HasPrefix),
        ["hasSuffix"] = new(2, 2, TextFunctions.HasSuffix),
        ["len"] = new(1, 1, ListFunctions.Length),
        ["first"] = new(1, 1, ListFunctions.First),
        ["last"] = new(1, 1, ListFunctions.Last),
        ["get"] = new(2, 2, ListFunctions.Get),
        ["take"] = new(2, 2, ListFunctions.Take),
        ["keys"] = new(1, 1, ListFunctions.Keys),
        ["values"] = new(1, 1, ListFunctions.Values),
        ["toPairs"] = new(1, 1, ListFunctions.ToPairs),
        ["fromPairs"] = new(1, 1, ListFunctions.FromPairs),
        ["reverse"] = new(1, 1, ListFunctions.Reverse),
        ["uniq"] = new(1, 1, ListFunctions.Distinct),
        ["concat"] = new(1, Any, ListFunctions.Concat),
        ["flatten"] = new(1, 1, ListFunctions.Flatten),
        ["sort"] = new(1, 2, ListFunctions.Sort),
        ["now"] = new(0, 0, (context, _) => context.Now),
        ["duration"] = new(1, 1, TimeFunctions.Duration),
        ["date"] = new(1, 1, TimeFunctions.Date),
        ["all"] = new(2, 2, null, 1),
        ["any"] = new(2, 2, null, 1),
        ["one"] = new(2, 2, null, 1),
        ["none"] = new(2, 2, null, 1),
        ["filter"] = new(2, 2, null, 1),
        ["map"] = new(2, 2, null, 1),
        ["find"] = new(2, 2, null, 1),
        ["findIndex"] = new(2, 2, null, 1),
        ["findLast"] = new(2, 2, null, 1),
        ["findLastIndex"] = new(2, 2, null, 1),
        ["groupBy"] = new(2, 2, null, 1),
        ["sortBy"] = new(2, 3, null, 1),
        ["reduce"] = new(2, 3, null, 1),
        ["count"] = new(1, 2, NumberFunctions.CountTrue, 1),
        ["sum"] = new(1, 2, NumberFunctions.Sum, 1),
    };

    public static IEnumerable<string> Names => Table.Keys;

    public static bool Exists(string name) => Table.ContainsKey(name);

    public static bool TakesClosure(string name, int argument) => Table[name].ClosureAt == argument;

    /// <summary>What is wrong with this number of arguments; null where nothing is.</summary>
    public static string? WrongCount(string name, int count)
    {
        var (least, most) = (Table[name].Least, Table[name].Most);
        if (count >= least && count <= most) return null;
        var wanted = most == Any ? $"at least {least}" : least == most ? least.ToString(CultureInfo.InvariantCulture) : $"{least} to {most}";
        return string.Create(CultureInfo.InvariantCulture, $"{name}() takes {wanted} {(most == 1 || (least == 1 && most == Any) ? "argument" : "arguments")}, not {count}");
    }

    public static object? Call(EvaluationContext context, string name, object?[] arguments)
    {
        context.Step();
        return Table[name].Run is { } run ? run(context, arguments) : throw context.Fail($"{name}() needs a condition or value for each element");
    }
}
