using System.Text.Json.Nodes;
using CanaryAnalyzer.Client.Views;

namespace CanaryAnalyzer.Client.Tests.Views;

public sealed class GateViewTests
{
    [Fact]
    public void Gate_has_what_the_status_says_of_it()
    {
        var gate = Of("""
            {"policy": "web", "observes": true, "look": 7, "evidence": 0.4, "threshold": 100, "earliest": "2024-05-17T09:32:10Z", "deadline": "2024-05-17T09:51:00Z",
             "waitingReason": "noData", "waitingSince": "2024-05-17T09:30:00Z", "verdict": "undecided at look 7"}
            """);
        Assert.Equal(
            new GateView
            {
                Policy = "web",
                Observes = true,
                Look = 7,
                Evidence = 0.4,
                Threshold = 100,
                Earliest = new DateTimeOffset(2024, 5, 17, 9, 32, 10, TimeSpan.Zero),
                Deadline = new DateTimeOffset(2024, 5, 17, 9, 51, 0, TimeSpan.Zero),
                WaitingReason = "noData",
                WaitingSince = new DateTimeOffset(2024, 5, 17, 9, 30, 0, TimeSpan.Zero),
                Verdict = "undecided at look 7",
            },
            gate);
    }

    [Fact]
    public void Gate_that_no_policy_can_decide_has_none() => Assert.Equal(new GateView { WaitingReason = "policyConflict", Verdict = "" }, Of("""{"policy": "", "waitingReason": "policyConflict"}"""));

    [Fact]
    public void Rollout_without_a_gate_is_at_none() => Assert.Null(GateView.Of(new JsonObject { ["status"] = new JsonObject() }));

    private static GateView? Of(string gate) => GateView.Of(new JsonObject { ["status"] = new JsonObject { ["canaryAnalyzer"] = JsonNode.Parse(gate) } });
}
