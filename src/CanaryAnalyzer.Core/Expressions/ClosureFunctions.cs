using static CanaryAnalyzer.Core.Expressions.ValueFacts;

namespace CanaryAnalyzer.Core.Expressions;

/// <summary>Functions that evaluate a condition or a value for each element.</summary>
internal static class ClosureFunctions
{
    public static object? Call(Evaluator evaluator, Node.Call call)
    {
        var context = evaluator.Context;
        var value = evaluator.Evaluate(call.Arguments[0]);
        var last = call.Arguments.Length > 2 ? evaluator.Evaluate(call.Arguments[2]) : null;
        context.At = call.At;
        var items = List(context, value, call.Name + "()");
        var closure = (Node.Closure)call.Arguments[1];

        object? Of(int index) => evaluator.Apply(closure, new Element(items[index], index));

        bool Holds(int index)
        {
            var found = Of(index);
            if (found is bool truth) return truth;
            context.At = closure.At;
            throw context.Fail($"{call.Name}() needs true or false for each element, not {KindOf(found)}");
        }

        var indices = Enumerable.Range(0, items.Length);
        switch (call.Name)
        {
            case "all":
                return indices.All(Holds);
            case "any":
                return indices.Any(Holds);
            case "none":
                return !indices.Any(Holds);
            case "one":
                return indices.Count(Holds) == 1;
            case "count":
                return (long)indices.Count(Holds);
            case "sum":
                return NumberFunctions.Total(context, indices.Select(Of));
            case "map":
                context.Produce(items.Length);
                return indices.Select(Of).ToArray();
            case "filter":
                context.Produce(items.Length);
                return indices.Where(Holds).Select(index => items[index]).ToArray();
            case "find" or "findIndex" or "findLast" or "findLastIndex":
                return Find(call.Name, items, indices, Holds);
            case "groupBy":
                return GroupBy(context, items, Of);
            case "sortBy":
                return SortBy(context, items, Of, call.Arguments.Length > 2 ? last : "asc");
            default:
                return Reduce(evaluator, closure, items, call.Arguments.Length > 2, last);
        }
    }

    private static object? Find(string name, object?[] items, IEnumerable<int> indices, Func<int, bool> holds)
    {
        var found = (name.StartsWith("findLast", StringComparison.Ordinal) ? indices.Reverse() : indices).Where(holds).Take(1).ToList();
        if (name.EndsWith("Index", StringComparison.Ordinal)) return found.Count > 0 ? (long)found[0] : null;
        return found.Count > 0 ? items[found[0]] : null;
    }

    private static SortedDictionary<string, object?> GroupBy(EvaluationContext context, object?[] items, Func<int, object?> key)
    {
        context.Produce(items.Length);
        var groups = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        var keys = Enumerable.Range(0, items.Length).Select(key).ToList();
        var first = keys.Find(one => one is not null);
        foreach (var one in keys)
        {
            // Groups are named by their keys' texts, in which 1 and "1" would be one.
            if (one is object?[] or IReadOnlyDictionary<string, object?>) throw context.Fail($"groupBy() can't group by {KindOf(one)}");
            if (!UnlikeKinds.CanBeEqual(UnlikeKinds.Of(first), UnlikeKinds.Of(one))) throw context.Fail($"groupBy() can't compare {KindOf(first)} with {KindOf(one)}");
        }

        foreach (var group in items.Zip(keys).GroupBy(pair => Print(pair.Second), pair => pair.First))
            groups[group.Key] = group.ToArray();
        return groups;
    }

    private static object?[] SortBy(EvaluationContext context, object?[] items, Func<int, object?> key, object? order)
    {
        context.Produce(items.Length);
        var keyed = Enumerable.Range(0, items.Length).Select(index => (object?)(key(index), items[index])).ToArray();
        var sorted = ListFunctions.SortBy(context, keyed, pair => (((object? Key, object? Item))pair!).Key, order, "sortBy()");
        return [.. sorted.Select(pair => (((object? Key, object? Item))pair!).Item)];
    }

    private static object? Reduce(Evaluator evaluator, Node.Closure closure, object?[] items, bool hasStart, object? start)
    {
        var next = 0;
        var accumulated = start;
        if (!hasStart)
        {
            if (items.Length == 0) throw evaluator.Context.Fail("reduce() of nothing needs a third argument to begin with");
            accumulated = items[next++];
        }

        for (; next < items.Length; next++)
            accumulated = evaluator.Apply(closure, new Element(items[next], next, HasAccumulated: true, accumulated));
        return accumulated;
    }
}
