using System.Collections.Immutable;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1;

namespace CanaryAnalyzer.Kubernetes.Mapping;

/// <summary>Label selectors: as text, and whether labels match.</summary>
internal static class LabelSelectors
{
    public static ImmutableSortedDictionary<string, string> MatchLabels(LabelSelector? selector) =>
        (selector?.MatchLabels ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The selector in kubectl's notation: <c>app=web,tier in (a,b)</c>.</summary>
    public static string Text(LabelSelector? selector)
    {
        var labels = MatchLabels(selector).Select(l => $"{l.Key}={l.Value}");
        var expressions = (selector?.MatchExpressions ?? []).Select(e => e.Operator switch
        {
            "In" => $"{e.Key} in ({string.Join(',', e.Values ?? [])})",
            "NotIn" => $"{e.Key} notin ({string.Join(',', e.Values ?? [])})",
            "DoesNotExist" => $"!{e.Key}",
            _ => e.Key,
        });
        return string.Join(',', labels.Concat(expressions));
    }

    /// <summary>Whether labels fit a selector; an empty selector fits all.</summary>
    public static bool Matches(LabelSelector? selector, IReadOnlyDictionary<string, string> labels) =>
        MatchLabels(selector).All(l => labels.GetValueOrDefault(l.Key) == l.Value)
        && (selector?.MatchExpressions ?? []).TrueForAll(e => Matches(e, labels));

    private static bool Matches(LabelSelector.Requirement requirement, IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(requirement.Key, out var value);
        return requirement.Operator switch
        {
            "In" => has && requirement.Values?.Contains(value!) == true,
            "NotIn" => !has || requirement.Values?.Contains(value!) != true,
            "Exists" => has,
            "DoesNotExist" => !has,
            _ => false,
        };
    }
}
