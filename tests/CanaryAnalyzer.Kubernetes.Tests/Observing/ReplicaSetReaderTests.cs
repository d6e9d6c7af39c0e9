using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class ReplicaSetReaderTests
{
    [Theory]
    [InlineData(2, 1, 1)] // scaled up a moment ago: the pod that is there stays
    [InlineData(1, 2, 1)] // scaled down a moment ago: a pod that shall go is as good as gone
    [InlineData(0, 2, 0)]
    public void Counts_of_before_the_last_change_tell_what_is_left(int desired, int availableBefore, int available)
    {
        var set = Set(desired, availableBefore, generation: 3, observed: 2);

        Assert.Equal(available, ReplicaSetReader.Read(set, null).Available);
    }

    [Fact]
    public void Counts_of_the_present_are_taken_as_they_are() => Assert.Equal(2, ReplicaSetReader.Read(Set(1, 2, generation: 3, observed: 3), null).Available);

    private static JsonObject Set(int desired, int available, int generation, int observed) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = "web-abc", ["generation"] = generation, ["labels"] = new JsonObject { [Markers.PodHash] = "abc" } },
        ["spec"] = new JsonObject { ["replicas"] = desired, ["template"] = new JsonObject() },
        ["status"] = new JsonObject { ["replicas"] = available, ["availableReplicas"] = available, ["observedGeneration"] = observed },
    };
}
