namespace CanaryAnalyzer.Core.Expressions;

/// <summary>What functions give, as far as their names and arguments tell.</summary>
internal static class FunctionKinds
{
    private static readonly StaticKind Number = new(ValueKinds.Number);
    private static readonly StaticKind Truth = new(ValueKinds.Bool);
    private static readonly StaticKind Text = new(ValueKinds.String);
    private static readonly StaticKind Texts = new(ValueKinds.Array, ValueKinds.String);

    /// <summary>What a call gives.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="arguments">What its arguments are; of a closure, what it gives for an element.</param>
    public static StaticKind Of(string name, IReadOnlyList<StaticKind> arguments) => name switch
    {
        "asInt" or "asFloat" or "int" or "float" or "len" or "abs" or "ceil" or "floor" or "round" or "max" or "min" or "mean" or "median" or "sum" or "count"
            or "bitand" or "bitor" or "bitxor" or "bitnand" or "bitnot" or "indexOf" or "lastIndexOf" => Number,
        "isNaN" or "isInf" or "isNil" or "hasPrefix" or "hasSuffix" or "all" or "any" or "one" or "none" => Truth,
        "string" or "type" or "toJSON" or "toBase64" or "fromBase64" or "trim" or "trimPrefix" or "trimSuffix" or "upper" or "lower" or "replace" or "repeat" or "join" => Text,
        "split" or "splitAfter" or "keys" => Texts,
        "now" or "date" => new StaticKind(ValueKinds.Time),
        "duration" => new StaticKind(ValueKinds.Duration),
        "filter" or "take" or "reverse" or "sort" or "sortBy" or "uniq" => new StaticKind(ValueKinds.Array, arguments[0].Elements),
        "map" => new StaticKind(ValueKinds.Array, arguments[1].Own),
        "toPairs" => new StaticKind(ValueKinds.Array, ValueKinds.Array),
        "values" or "concat" or "flatten" => new StaticKind(ValueKinds.Array),
        "fromPairs" or "groupBy" => new StaticKind(ValueKinds.Map),
        "find" or "findLast" or "first" or "last" => new StaticKind(arguments[0].Elements | ValueKinds.Nil),
        "findIndex" or "findLastIndex" => new StaticKind(ValueKinds.Number | ValueKinds.Nil),
        "default" => arguments[0].Or(arguments[1]),
        _ => StaticKind.Any,
    };

    /// <summary>Whether the function's closure must give true or false.</summary>
    public static bool NeedsTruth(string name) => name is "all" or "any" or "one" or "none" or "filter" or "count" or "find" or "findIndex" or "findLast" or "findLastIndex";
}
