using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class PodReaderTests
{
    private const string OutOfMemory = """{"terminated": {"exitCode": 137, "reason": "OOMKilled", "finishedAt": "2026-01-01T00:05:00Z"}}""";
    private const string Unpulled = """{"waiting": {"reason": "ImagePullBackOff", "message": "Back-off pulling image \"web:9\""}}""";
    private const string BackingOff = """{"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 5m0s"}}""";
    private const string Running = """{"running": {"startedAt": "2026-01-01T00:06:00Z"}}""";

    public static TheoryData<string, string, int, bool, string> Containers => new()
    {
        { BackingOff, OutOfMemory, 7, false, "pod web-abc-xyz: container app exited with code 137 (OOMKilled) 7 times, CrashLoopBackOff" },
        { """{"terminated": {"exitCode": 1, "reason": "Error"}}""", "{}", 0, false, "pod web-abc-xyz: container app exited with code 1" },
        { BackingOff, """{"terminated": {"exitCode": 0, "reason": "Completed"}}""", 1234, false, "pod web-abc-xyz: container app exited with code 0 1,234 times, CrashLoopBackOff" },
        { Running, OutOfMemory, 2, true, "pod web-abc-xyz: container app exited with code 137 (OOMKilled) 2 times" },
        { Unpulled, "{}", 0, false, "pod web-abc-xyz: container app does not start: ImagePullBackOff: Back-off pulling image \"web:9\"" },
        { """{"waiting": {"reason": "CreateContainerConfigError", "message": "configmap \"web\" not found"}}""", "{}", 0, false, "pod web-abc-xyz: container app does not start: CreateContainerConfigError: configmap \"web\" not found" },
        { Running, "{}", 0, false, "pod web-abc-xyz: container app is running and not ready" },
        { Running, "{}", 0, true, "" },
        { """{"waiting": {"reason": "ContainerCreating"}}""", "{}", 0, false, "" },
        { """{"terminated": {"exitCode": 0, "reason": "Completed"}}""", "{}", 0, false, "" },
    };

    [Theory]
    [MemberData(nameof(Containers))]
    public void Container_is_described_by_what_keeps_it_from_being_available(string state, string lastState, int restarts, bool ready, string description) =>
        Assert.Equal(description, string.Join("; ", PodReader.Problems(Pod(state, lastState, restarts, ready)).Select(p => p.Describe())));

    [Fact]
    public void Crash_of_a_pod_that_is_ready_again_keeps_its_instant()
    {
        var problem = Assert.Single(PodReader.Problems(Pod(Running, OutOfMemory, 2, ready: true)));

        Assert.Equal((PodProblemKind.Crashed, true, DateTimeOffset.Parse("2026-01-01T00:05:00Z", null)), (problem.Kind, problem.IsReady, problem.EndedAt));
        Assert.Equal(("abc", 137), (problem.Hash, problem.ExitCode));
    }

    [Fact]
    public void Pod_that_no_node_takes_says_what_the_scheduler_said()
    {
        var pod = Pod("{}", "{}", 0, ready: false);
        pod["status"] = JsonNode.Parse("""{"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/3 nodes are available: 3 Insufficient cpu."}]}""");

        Assert.Equal("pod web-abc-xyz: Unschedulable: 0/3 nodes are available: 3 Insufficient cpu.", Assert.Single(PodReader.Problems(pod)).Describe());
    }

    [Fact]
    public void Evicted_pod_says_so()
    {
        var pod = Pod("{}", "{}", 0, ready: false);
        pod["status"] = JsonNode.Parse("""{"phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory."}""");

        Assert.Equal("pod web-abc-xyz: Evicted: The node was low on resource: memory.", Assert.Single(PodReader.Problems(pod)).Describe());
    }

    [Fact]
    public void Init_container_that_crashes_is_named()
    {
        var pod = Pod("""{"waiting": {"reason": "PodInitializing"}}""", "{}", 0, ready: false);
        pod["status"]!["initContainerStatuses"] = new JsonArray(Container("migrate", BackingOff, """{"terminated": {"exitCode": 2, "reason": "Error"}}""", 3, ready: false));

        Assert.Equal("pod web-abc-xyz: container migrate exited with code 2 3 times, CrashLoopBackOff", Assert.Single(PodReader.Problems(pod)).Describe());
    }

    [Fact]
    public void Init_container_that_did_its_work_in_the_end_has_no_problem()
    {
        var pod = Pod(Running, "{}", 0, ready: true);
        pod["status"]!["initContainerStatuses"] = new JsonArray(Container("migrate", """{"terminated": {"exitCode": 0}}""", """{"terminated": {"exitCode": 2}}""", 3, ready: true));

        Assert.Empty(PodReader.Problems(pod));
    }

    [Fact]
    public void Pod_that_is_being_deleted_has_no_problem()
    {
        var pod = Pod(BackingOff, OutOfMemory, 7, ready: false);
        pod["metadata"]!["deletionTimestamp"] = "2026-01-01T00:10:00Z";

        Assert.Empty(PodReader.Problems(pod));
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public void Trimmed_pod_has_the_same_problems_and_little_else(string state, string lastState, int restarts, bool ready, string description)
    {
        var pod = Pod(state, lastState, restarts, ready);
        pod["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "app" }) };
        pod["status"]!["containerStatuses"]![0]!["imageID"] = "sha256:0123";
        pod["status"]!["initContainerStatuses"] = new JsonArray(Container("migrate", BackingOff, """{"terminated": {"exitCode": 2, "reason": "Error"}}""", 3, ready: false));
        pod["status"]!["conditions"]!.AsArray().Add(new JsonObject { ["type"] = "ContainersReady", ["status"] = "True" });
        pod["metadata"]!["annotations"] = new JsonObject { ["a"] = "b" };

        var trimmed = PodReader.Trim(pod);

        Assert.Equal(PodReader.Problems(pod), PodReader.Problems(trimmed));
        Assert.Equal("set-uid", trimmed["metadata"]!["ownerReferences"]![0]!["uid"]!.GetValue<string>());
        Assert.Contains(description, string.Join("; ", PodReader.Problems(trimmed).Select(p => p.Describe())), StringComparison.Ordinal);
        foreach (var dropped in (string[])["spec", "imageID", "ContainersReady", "annotations", "startedAt", "\"app\":"])
            Assert.DoesNotContain(dropped, trimmed.ToJsonString(), StringComparison.Ordinal);
    }

    private static JsonObject Pod(string state, string lastState, int restarts, bool ready) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = "web-abc-xyz",
            ["labels"] = new JsonObject { [Markers.PodHash] = "abc", ["app"] = "web" },
            ["ownerReferences"] = new JsonArray(new JsonObject { ["uid"] = "set-uid", ["controller"] = true }),
        },
        ["status"] = new JsonObject
        {
            ["phase"] = "Running",
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = ready ? "True" : "False" }),
            ["containerStatuses"] = new JsonArray(Container("app", state, lastState, restarts, ready)),
        },
    };

    private static JsonObject Container(string name, string state, string lastState, int restarts, bool ready) => new()
    {
        ["name"] = name,
        ["ready"] = ready,
        ["restartCount"] = restarts,
        ["state"] = JsonNode.Parse(state),
        ["lastState"] = JsonNode.Parse(lastState),
    };
}
