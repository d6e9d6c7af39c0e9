using System.Text.Json.Nodes;
using CanaryAnalyzer.Service.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Service.Tests.Hosting;

public sealed class MemoryReturnTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public void Memory_is_given_back_twice_after_each_busy_time()
    {
        using var memory = new MemoryReturn(new FakeTimeProvider());
        var total = 0L;

        int Returns(int periods, long allocated)
        {
            for (var i = 0; i < periods; i++) memory.Look(total += allocated);
            return memory.Returns;
        }

        Assert.Equal(0, Returns(10, 17 * MiB));
        Assert.Equal(1, Returns(1, 15 * MiB));
        Assert.Equal(1, Returns(3, MiB));
        Assert.Equal(2, Returns(1, MiB));
        Assert.Equal(2, Returns(1000, MiB));
        Assert.Equal(2, Returns(1, 17 * MiB));
        Assert.Equal(3, Returns(1, 0));
    }

    [Fact]
    public void Every_way_to_start_collects_garbage_in_the_small()
    {
        var settings = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "canary-analyzer.runtimeconfig.json")))!["runtimeOptions"]!["configProperties"]!;

        Assert.Equal((false, false), (settings["System.GC.Server"]!.GetValue<bool>(), settings["System.GC.Concurrent"]!.GetValue<bool>()));
        Assert.Equal(4 * MiB, settings["System.GC.Gen0MaxBudget"]!.GetValue<int>());
    }
}
