using System.Collections.Immutable;

namespace CanaryAnalyzer.Kubernetes.Api.Schemas;

/// <summary>
/// What Go's types hold of a pod template where people err: quantities, and strings written without quotes. One object with such a value makes every client
/// with those types fail to list its namespace. The rest stays open: the API server checks it when ReplicaSets are made.
/// </summary>
internal static class PodTemplateSchema
{
    // As in Kubernetes' own CRDs: a number with a suffix or an exponent.
    private const string QuantityPattern = @"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";

    private static readonly FieldSchema Text = new() { Accepts = JsonKinds.Text };
    private static readonly FieldSchema Port = new() { Accepts = JsonKinds.Integer, Format = "int32" };

    private static readonly FieldSchema Quantities = Map(new FieldSchema
    {
        Accepts = JsonKinds.Text | JsonKinds.Integer | JsonKinds.Number, Pattern = QuantityPattern, Wanted = "a quantity such as 128Mi or 0.5",
    });

    private static readonly FieldSchema Containers = List(Open(
        ("name", Text),
        ("image", Text),
        ("command", List(Text)),
        ("args", List(Text)),
        ("env", List(Open(("name", Text), ("value", Text)))),
        ("ports", List(Open(("name", Text), ("containerPort", Port)))),
        ("resources", Open(("limits", Quantities), ("requests", Quantities)))));

    /// <summary>The schema of a pod template.</summary>
    public static FieldSchema Template { get; } = Open(
        ("metadata", Open(("labels", Map(Text)), ("annotations", Map(Text)))),
        ("spec", Open(("containers", Containers), ("initContainers", Containers), ("nodeSelector", Map(Text)), ("overhead", Quantities))));

    private static FieldSchema Open(params (string Name, FieldSchema Schema)[] fields) => new()
    {
        Accepts = JsonKinds.Object, IsOpen = true, Fields = fields.ToImmutableSortedDictionary(field => field.Name, field => field.Schema, StringComparer.Ordinal),
    };

    private static FieldSchema Map(FieldSchema values) => new() { Accepts = JsonKinds.Object, Items = values };

    private static FieldSchema List(FieldSchema items) => new() { Accepts = JsonKinds.List, Items = items };
}
