using System.Collections.Immutable;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>A parsed expression's parts; <see cref="At"/> is where each begins.</summary>
internal abstract record Node(int At)
{
    /// <summary>How many levels of parts are below this one, itself included.</summary>
    public int Depth { get; init; } = 1;

    public sealed record Literal(int At, object? Value) : Node(At);

    public sealed record Variable(int At, string Name) : Node(At);

    /// <param name="At">Where it begins.</param>
    /// <param name="Name">Empty for <c>#</c>, else <c>acc</c> or <c>index</c>.</param>
    public sealed record Pointer(int At, string Name) : Node(At);

    public sealed record List(int At, ImmutableArray<Node> Items) : Node(At);

    public sealed record Map(int At, ImmutableArray<(Node Key, Node Value)> Pairs) : Node(At);

    public sealed record Unary(int At, string Operator, Node Operand) : Node(At);

    public sealed record Binary(int At, string Operator, Node Left, Node Right) : Node(At);

    public sealed record Choice(int At, Node Condition, Node Then, Node Else) : Node(At);

    public sealed record Member(int At, Node Of, Node Key, bool Optional) : Node(At);

    /// <summary>Ends the reach of the <c>?.</c> inside: where one of them found nil, all of this is nil.</summary>
    public sealed record Chain(int At, Node Of) : Node(At);

    public sealed record Slice(int At, Node Of, Node? From, Node? To) : Node(At);

    public sealed record Method(int At, Node Of, string Name, ImmutableArray<Node> Arguments, bool Optional) : Node(At);

    public sealed record Call(int At, string Name, ImmutableArray<Node> Arguments) : Node(At);

    /// <summary>What an array function does with each element.</summary>
    public sealed record Closure(int At, Node Body) : Node(At);

    public sealed record Let(int At, string Name, Node Value, Node Body) : Node(At);

    /// <summary>The parts, in the order written.</summary>
    public IEnumerable<Node> Parts => this switch
    {
        List list => list.Items,
        Map map => map.Pairs.SelectMany(pair => new[] { pair.Key, pair.Value }),
        Unary unary => [unary.Operand],
        Binary binary => [binary.Left, binary.Right],
        Choice choice => [choice.Condition, choice.Then, choice.Else],
        Member member => [member.Of, member.Key],
        Chain chain => [chain.Of],
        Slice slice => new[] { slice.Of, slice.From, slice.To }.OfType<Node>(),
        Method method => method.Arguments.Prepend(method.Of),
        Call call => call.Arguments,
        Closure closure => [closure.Body],
        Let let => [let.Value, let.Body],
        _ => [],
    };
}
