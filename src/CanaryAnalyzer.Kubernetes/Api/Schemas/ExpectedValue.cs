using System.Collections.Immutable;
using System.Globalization;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>Says in words what a field takes, for errors and for <c>kubectl explain</c>.</summary>
internal static class ExpectedValue
{
    /// <summary>What the field takes, such as <c>a share from 0% to 100% such as 5%</c>.</summary>
    public static string Of(FieldSchema schema)
    {
        if (Text(schema) is { } text) return text + (schema.Accepts.HasFlag(JsonKinds.Object) ? " or an object with " + Names([.. schema.Fields.Keys], "and") : "");
        List<string> kinds = [];
        if (schema.Accepts.HasFlag(JsonKinds.Object)) kinds.Add("an object");
        if (schema.Accepts.HasFlag(JsonKinds.List)) kinds.Add("a list");
        if (schema.Accepts.HasFlag(JsonKinds.Number)) kinds.Add("a number");
        else if (schema.Accepts.HasFlag(JsonKinds.Integer)) kinds.Add("an integer" + Limits(schema));
        if (schema.Accepts.HasFlag(JsonKinds.Text)) kinds.Add("a text");
        if (schema.Accepts.HasFlag(JsonKinds.Boolean)) kinds.Add("true or false");
        return string.Join(" or ", kinds);
    }

    private static string? Text(FieldSchema schema)
    {
        if (schema.Allowed.Length > 0) return "one of " + string.Join(", ", schema.Allowed);
        if (schema.Format == "date-time") return "a time such as 2026-03-01T10:00:00Z";
        if (schema.Refused.Length > 0) return "a string other than " + string.Join(", ", schema.Refused);
        return schema.Wanted;
    }

    private static string Limits(FieldSchema schema) => (schema.Minimum, schema.Maximum) switch
    {
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $" of at least {least}"),
        _ => "",
    };

    private static string Names(ImmutableArray<string> names, string last) =>
        names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} {last} {names[^1]}";
}
