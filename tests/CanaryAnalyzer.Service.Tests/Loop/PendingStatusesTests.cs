using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Decisions;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Service.Reconciling.Rollouts;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Service.Tests.Loop;

public sealed class PendingStatusesTests
{
    private static readonly ResourceKey Key = new("team", "web");
    private static readonly RolloutEvent Scaled = new("ScalingReplicaSet", "Scaled up ReplicaSet web-1 (revision 1) from 0 to 2");
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly PendingStatuses pending;

    public PendingStatusesTests() => pending = new PendingStatuses(time);

    [Fact]
    public void A_status_without_news_waits_for_3_s_from_its_first_decision_on()
    {
        Assert.True(MayWait("one"));
        Assert.Equal(time.GetUtcNow() + PendingStatuses.Delay, pending.Keep(Key, Rollout("one"), [Scaled]));

        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(MayWait("one"));
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromSeconds(1), pending.Keep(Key, Rollout("one"), [Scaled]));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(MayWait("one"));
        Assert.Equal([Scaled], pending.Take(Key, "one"));
        Assert.True(MayWait("one"));
    }

    [Fact]
    public void Another_Rollout_of_the_same_name_has_none_of_it()
    {
        pending.Keep(Key, Rollout("one"), [Scaled]);
        time.Advance(TimeSpan.FromSeconds(4));

        Assert.True(MayWait("two"));
        Assert.Equal(time.GetUtcNow() + PendingStatuses.Delay, pending.Keep(Key, Rollout("two"), []));
        Assert.Empty(pending.Take(Key, "two"));
        pending.Keep(Key, Rollout("one"), [Scaled]);
        Assert.Empty(pending.Take(Key, "two"));
    }

    [Fact]
    public void A_clock_that_is_set_back_lets_nothing_wait()
    {
        var clock = new SetClock { Now = time.GetUtcNow() };
        var set = new PendingStatuses(clock);
        set.Keep(Key, Rollout("one"), [Scaled]);
        clock.Now -= TimeSpan.FromMinutes(10);

        Assert.False(set.MayWait(Key, "one", Decision));
    }

    [Fact]
    public void What_is_left_is_told_once()
    {
        pending.Keep(Key, Rollout("one"), [Scaled]);
        pending.Keep(new ResourceKey("team", "quiet"), Rollout("two"), []);

        var (key, about, facts) = Assert.Single(pending.TakeLeft());
        Assert.Equal((Key, "one"), (key, about["metadata"]!["uid"]!.GetValue<string>()));
        Assert.Equal([Scaled], facts);
        Assert.Empty(pending.TakeLeft());
        Assert.Empty(pending.TakeLeft(Key));
    }

    private static RolloutDecision Decision { get; } = new(new RolloutStatus(), [], [Scaled], null);

    private bool MayWait(string uid) => pending.MayWait(Key, uid, Decision);

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private static JsonObject Rollout(string uid) => new() { ["metadata"] = new JsonObject { ["namespace"] = "team", ["name"] = "web", ["uid"] = uid } };
}
