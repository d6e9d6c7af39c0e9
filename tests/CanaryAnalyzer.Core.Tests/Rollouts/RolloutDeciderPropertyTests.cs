using CanaryAnalyzer.Core.Analysis.Observations;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Rollouts;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Tests.Rollouts.Worlds;
using CsCheck;

namespace CanaryAnalyzer.Core.Tests.Rollouts;

public sealed class RolloutDeciderPropertyTests
{
    // Every course also passes Worlds/Safety, and settles at each of its instants: both throw otherwise.
    private const int Courses = 1500;

    [Fact]
    public void Any_course_settles_safely_and_decides_the_same_twice() =>
        Script.Any.SampleFixed(
            script =>
            {
                var world = new RolloutWorld();
                script.Play(world, (_, _) =>
                {
                    var first = RolloutDecider.Decide(world.Observe(), world.Now);
                    var second = RolloutDecider.Decide(world.Observe(), world.Now);
                    Assert.Empty(first.Effects);
                    Assert.Equal(StatusText.Of(first.NextStatus), StatusText.Of(second.NextStatus));
                    Assert.Equal(StatusText.Of(world.Status), StatusText.Of(first.NextStatus));
                    Assert.Equal(first.LookAgainAt, second.LookAgainAt);
                });
            },
            iter: Courses,
            seed: 1);

    [Fact]
    public void A_release_in_progress_names_what_it_waits_for_and_that_is_so() =>
        Script.Any.SampleFixed(
            script =>
            {
                var world = new RolloutWorld();
                script.Play(world, (_, _) => Assert.Null(WaitCheck.Of(world)));
            },
            iter: Courses,
            seed: 8);

    [Fact]
    public void A_gate_past_its_deadline_waits_without_a_break() =>
        Script.Any.SampleFixed(
            script =>
            {
                var world = new RolloutWorld();
                GateStatus? before = null;
                script.Play(world, (_, _) =>
                {
                    var gate = world.Status.Gate is { Observes: false, Deadline: { } deadline } known && deadline <= world.Now ? known : null;
                    if (gate is not null && gate.Deadline == before?.Deadline && gate.Policy == before?.Policy)
                        Assert.Equal((before.WaitingSince, true), (gate.WaitingSince, gate.WaitingReason.Length > 0 || before.WaitingReason.Length == 0));
                    before = gate;
                });
            },
            iter: Courses,
            seed: 9);

    [Fact]
    public void A_failed_run_never_raises_a_weight() =>
        Script.Any.SampleFixed(
            script =>
            {
                var world = new RolloutWorld();
                script.Play(world, (command, weight) =>
                {
                    if (command.Contains(" Failed ", StringComparison.Ordinal)) Assert.InRange(world.HighestWeight, 0, weight);
                });
            },
            iter: Courses,
            seed: 2);

    [Fact]
    public void At_most_one_run_spends_a_releases_budget() =>
        Script.Any.SampleFixed(
            script =>
            {
                var world = new RolloutWorld();
                script.Play(world, (_, _) =>
                {
                    var judged = world.Runs.Where(r => r.CompletedAt is null && r.Made.Kind is AnalysisRunKind.Pause or AnalysisRunKind.Release).ToList();
                    Assert.InRange(judged.Count, 0, 1);
                    Assert.All(judged.Where(r => r.Made.Kind == AnalysisRunKind.Release), r => Assert.Equal((world.Status.CurrentPodHash, r.Made.Name), (r.Made.PodHash, world.Status.Release?.Run?.Name)));
                });
            },
            iter: Courses / 3,
            seed: 5);

    [Fact]
    public void A_run_goes_on_from_one_of_the_same_version_and_policy_and_no_run_is_gone_on_from_twice() =>
        Script.Any.SampleFixed(
            script =>
            {
                var world = new RolloutWorld();
                var (known, followers) = (new Dictionary<string, Effect.CreateAnalysisRun>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
                script.Play(world, (_, _) =>
                {
                    foreach (var made in world.Runs.Select(r => r.Made)) known[made.Name] = made;
                    foreach (var made in world.Runs.Select(r => r.Made).Where(m => m.Continues.Length > 0))
                    {
                        if (known.TryGetValue(made.Continues, out var before)) Assert.Equal((made.PodHash, made.Policy), (before.PodHash, before.Policy));
                        followers.TryAdd($"{made.Revision} {made.Continues}", made.Name);
                        Assert.Equal(followers[$"{made.Revision} {made.Continues}"], made.Name);
                    }
                });
            },
            iter: Courses / 3,
            seed: 6);

    [Fact]
    public void A_release_that_ended_left_a_record_that_fits() =>
        Script.Any.SampleFixed(
            script =>
            {
                var world = new RolloutWorld();
                var current = "";
                script.Play(world, (_, _) =>
                {
                    var isOver = world.Status.IsFullyPromoted || world.Status.Abort || world.Status.StableHash.Length == 0;
                    if (isOver && world.Status.Condition(ConditionTypes.InvalidSpec) is null) Assert.Null(world.Status.Release);
                    if (current.Length > 0 && world.Status.Release is null && world.Version(current) is { } version) Assert.NotEmpty(version.Record);
                    current = world.Status.Release is null ? "" : world.Status.CurrentPodHash;
                    Assert.All(world.Versions, v => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(v.Record), 0, 2048));
                });
            },
            iter: Courses / 3,
            seed: 7);

    [Fact]
    public void Weights_in_force_are_those_of_the_status_in_every_rule() =>
        Script.Any.SampleFixed(
            script =>
            {
                var world = new RolloutWorld();
                script.Play(world, (_, _) =>
                {
                    var isStableServing = world.Version(world.Status.StableHash)?.Available(world.Now) > 0 && world.StableService.Hash == world.Status.StableHash;
                    if (world.Status.Condition(ConditionTypes.InvalidSpec) is not null || !isStableServing) return;
                    var weight = world.Status.Weights!.Canary;
                    Assert.All(world.Routes, r => Assert.Equal((weight, 100 - weight, weight, 100 - weight), (r.First.Canary, r.First.Stable, r.Second.Canary, r.Second.Stable)));
                });
            },
            iter: Courses,
            seed: 3);

    [Fact]
    public void Time_alone_matters_only_at_the_instant_asked_for() =>
        Gen.Select(Script.Any, Gen.Double[0, 0.999]).SampleFixed(
            sample =>
            {
                var (script, share) = sample;
                var world = new RolloutWorld();
                script.Play(world, (_, _) =>
                {
                    var now = world.Now;
                    var end = world.NextInstant() ?? now + TimeSpan.FromDays(30);
                    world.Now = now + ((end - now) * share);
                    var decision = RolloutDecider.Decide(world.Observe(), world.Now);
                    Assert.Empty(decision.Effects);
                    Assert.Empty(decision.Events);
                    Assert.Equal(StatusText.Of(world.Status), StatusText.Of(decision.NextStatus));
                    world.Now = now;
                });
            },
            iter: Courses,
            seed: 4);
}
