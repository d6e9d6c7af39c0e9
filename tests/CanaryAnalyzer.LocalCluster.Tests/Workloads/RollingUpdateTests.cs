using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Workloads;
using CsCheck;

namespace CanaryAnalyzer.LocalCluster.Tests.Workloads;

public sealed class RollingUpdateTests
{
    [Theory]
    [InlineData(4, "25%", "25%", 1, 1)]
    [InlineData(2, "25%", "25%", 1, 0)]
    [InlineData(10, "3", "0", 3, 0)]
    [InlineData(3, "0", "0", 0, 1)]
    public void Bounds_round_the_surge_up_and_the_missing_down(int replicas, string surge, string unavailable, int expectedSurge, int expectedUnavailable)
    {
        var deployment = new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["replicas"] = replicas,
                ["strategy"] = new JsonObject { ["type"] = "RollingUpdate", ["rollingUpdate"] = new JsonObject { ["maxSurge"] = surge, ["maxUnavailable"] = unavailable } },
            },
        };
        Assert.Equal((expectedSurge, expectedUnavailable), RollingUpdate.Bounds(deployment));
    }

    [Fact]
    public void Steps_keep_to_the_bounds_and_come_to_an_end() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 5], Gen.Int[0, 5]).Where((_, surge, missing) => surge + missing > 0).Sample((wanted, surge, missing) =>
        {
            var (grown, old, passes) = (0, wanted, 0);
            while ((grown, old) != (wanted, 0))
            {
                grown = RollingUpdate.Grown(wanted, grown, grown + old, surge);
                Assert.True(grown + old <= wanted + surge, "too many pods");
                // Every pod that was made is available by the next step.
                old -= Math.Min(old, RollingUpdate.Removable(wanted, missing, grown + old, grown, grown));
                Assert.True(grown + old >= wanted - missing, "too few pods");
                Assert.True(++passes <= 2 * wanted + 2, "no end");
            }
        });
}
