using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Kubernetes.Routing;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing;

public sealed class TrafficRoutersTests
{
    public static TheoryData<string> Kinds => [.. TrafficRouters.Types.Select(t => t.Type.QualifiedName)];

    [Fact]
    public void A_field_chooses_one_router() =>
        Assert.Equal(TrafficRouters.All.Length, TrafficRouters.All.Select(r => r.Field).Distinct(StringComparer.Ordinal).Count());

    // It reads by watching; nothing gets a route.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_controller_may_list_watch_and_patch_what_routers_read_and_write(string qualifiedName)
    {
        var role = Assert.Single(Manifests.In("deploy/base/cluster-role.yaml"));
        var granted = role.Objects("rules").Where(rule => Names(rule).Contains(qualifiedName, StringComparer.Ordinal)).SelectMany(rule => Texts(rule, "verbs"));

        Assert.Superset(new HashSet<string>(["list", "watch", "patch"], StringComparer.Ordinal), granted.ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(JsonObject rule) =>
        from resource in Texts(rule, "resources") from @group in Texts(rule, "apiGroups") select @group.Length == 0 ? resource : $"{resource}.{@group}";

    private static IEnumerable<string> Texts(JsonObject rule, string field) => rule.Items(field).Select(item => item.GetValue<string>());
}
