using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;

namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>Strategic merge patch with its directives: <c>$patch</c>, <c>$retainKeys</c>, <c>$deleteFromPrimitiveList</c>, <c>$setElementOrder</c>.</summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string DeleteFromList = "$deleteFromPrimitiveList/";
    private const string ElementOrder = "$setElementOrder/";

    public static JsonObject Apply(JsonObject target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            throw new PatchException("a strategic merge patch is an object", malformed: true);
        return Merge(target, changes);
    }

    private static JsonObject Merge(JsonObject target, JsonObject changes)
    {
        if (changes.TextAt(Directive) == "replace")
            return Plain(changes);
        if (changes.ArrayAt(RetainKeys) is { } retained)
        {
            var names = retained.Select(r => r!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
            foreach (var name in target.Select(member => member.Key).Where(name => !names.Contains(name)).ToList())
                target.Remove(name);
        }

        foreach (var (name, change) in changes)
        {
            if (name.StartsWith(DeleteFromList, StringComparison.Ordinal))
                DeleteValues(target, name[DeleteFromList.Length..], change as JsonArray ?? []);
            else if (!name.StartsWith('$'))
                MergeMember(target, name, change);
        }

        foreach (var (name, order) in changes.Where(c => c.Key.StartsWith(ElementOrder, StringComparison.Ordinal)))
            Reorder(target, name[ElementOrder.Length..], order as JsonArray ?? []);
        return target;
    }

    private static void MergeMember(JsonObject target, string name, JsonNode? change)
    {
        switch (change)
        {
            case null:
                target.Remove(name);
                break;
            case JsonObject changes when changes.TextAt(Directive) == "delete":
                target.Remove(name);
                break;
            case JsonObject changes:
                var current = target[name] as JsonObject;
                var merged = Merge(current ?? [], changes);
                if (!ReferenceEquals(merged, current))
                    target[name] = merged;
                break;
            case JsonArray changes:
                target[name] = MergeList(name, target[name] as JsonArray, changes);
                break;
            default:
                target[name] = change.DeepClone();
                break;
        }
    }

    private static JsonArray MergeList(string name, JsonArray? current, JsonArray changes)
    {
        if (ListKeys.IsSet(name))
            return Union(current, changes);
        var key = ListKeys.Of(name, changes.Count > 0 ? changes : current);
        if (key is null || changes.OfType<JsonObject>().Any(c => c.Count == 1 && c.TextAt(Directive) == "replace"))
            return new JsonArray([.. changes.Where(c => c.TextAt(Directive) != "replace").Select(c => c is JsonObject o ? Plain(o) : c?.DeepClone())]);
        var result = (JsonArray?)current?.DeepClone() ?? [];
        foreach (var change in changes.OfType<JsonObject>())
        {
            if (change[key] is not { } value)
                throw new PatchException($"map: {change.ToJsonString()} does not contain declared merge key: {key}", malformed: true);
            var index = ListKeys.IndexOf(result, key, value);
            if (change.TextAt(Directive) == "delete")
            {
                if (index >= 0)
                    result.RemoveAt(index);
            }
            else if (index >= 0)
            {
                result[index] = Merge(result[index]!.AsObject().Copy(), change);
            }
            else
            {
                result.Add(Merge([], change));
            }
        }

        return result;
    }

    private static JsonArray Union(JsonArray? current, JsonArray changes)
    {
        var result = (JsonArray?)current?.DeepClone() ?? [];
        foreach (var change in changes.Where(c => !result.Any(r => JsonAccess.Same(r, c))))
            result.Add(change?.DeepClone());
        return result;
    }

    private static void DeleteValues(JsonObject target, string name, JsonArray values)
    {
        if (target[name] is JsonArray current)
            target[name] = new JsonArray([.. current.Where(c => !values.Any(v => JsonAccess.Same(v, c))).Select(c => c?.DeepClone())]);
    }

    /// <summary>Listed elements in the listed order; those that the patch's author didn't know keep their place after the one they followed.</summary>
    private static void Reorder(JsonObject target, string name, JsonArray order)
    {
        if (target[name] is not JsonArray current || current.Count < 2)
            return;
        var key = ListKeys.Of(name, current);
        bool IsAt(JsonNode? wanted, JsonNode? item) => key is null ? JsonAccess.Same(wanted, item) : JsonAccess.Same(wanted.At(key), item.At(key));
        var known = order.Select(wanted => current.FirstOrDefault(item => IsAt(wanted, item))).Where(item => item is not null).ToList();
        var sorted = new List<JsonNode?>(known);
        for (var i = 0; i < current.Count; i++)
        {
            if (known.Contains(current[i]))
                continue;
            var previous = i == 0 ? -1 : sorted.IndexOf(current[i - 1]);
            sorted.Insert(previous + 1, current[i]);
        }

        target[name] = new JsonArray([.. sorted.Select(item => item?.DeepClone())]);
    }

    /// <summary>The object without directives.</summary>
    private static JsonObject Plain(JsonObject changes)
    {
        var copy = changes.Copy();
        foreach (var name in copy.Select(member => member.Key).Where(name => name.StartsWith('$')).ToList())
            copy.Remove(name);
        return copy;
    }
}
