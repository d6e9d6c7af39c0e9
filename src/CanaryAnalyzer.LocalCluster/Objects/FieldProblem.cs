namespace CanaryAnalyzer.LocalCluster.Objects;

/// <summary>A field that is not as it must be: one cause of a refused write.</summary>
internal sealed record FieldProblem(string Field, string Reason, string Message)
{
    public static FieldProblem Required(string field, string detail = "") =>
        new(field, "FieldValueRequired", detail.Length == 0 ? "Required value" : $"Required value: {detail}");

    public static FieldProblem Invalid(string field, string value, string detail) => new(field, "FieldValueInvalid", $"Invalid value: {value}: {detail}");

    public static FieldProblem NotSupported(string field, string value, IEnumerable<string> supported) =>
        new(field, "FieldValueNotSupported", $"Unsupported value: {value}: supported values: {string.Join(", ", supported)}");

    public override string ToString() => $"{Field}: {Message}";
}
