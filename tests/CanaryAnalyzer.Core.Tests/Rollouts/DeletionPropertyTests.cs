using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Tests.Rollouts.Worlds;
using CsCheck;

namespace CanaryAnalyzer.Core.Tests.Rollouts;

public sealed class DeletionPropertyTests
{
    private const int Courses = 1000;

    [Fact]
    public void A_deletion_ends_by_the_progress_deadline_with_the_Services_released_and_not_before_the_workload_serves() =>
        Gen.Select(Script.Any, Gen.Int[0, 900], Gen.Int[0, 4].Array[0, 4]).SampleFixed(
            sample =>
            {
                var (script, wait, crashes) = sample;
                var world = new RolloutWorld();
                script.Play(world, (_, _) => { });
                var deadline = world.Now + world.Spec.ProgressDeadline;
                var up = world.Now + TimeSpan.FromSeconds(wait);
                var at = 0;
                world.BeforePass = _ =>
                {
                    if (at < crashes.Length) world.CrashAfter = crashes[at++];
                };
                Commands.Do(world, "rollout deleted");
                var isGuarded = !world.IsGone;
                if (up < deadline)
                {
                    world.AdvanceTo(up);
                    var isRestoring = isGuarded && world.Spec.Replicas > 0 && world.Spec.Workload is not null && world.Workload is not null && world.Spec.Workload.ScaleDown != ScaleDownMode.Never;
                    if (isRestoring)
                    {
                        Assert.True(!world.IsGone || wait == 0);
                        Assert.True(world.Workload!.Replicas > 0);
                        world.Workload = world.Workload with { Available = world.Workload.Replicas };
                    }
                }

                world.AdvanceTo(deadline);

                Assert.True(world.IsGone);
                if (isGuarded && world.Workload is not null) Assert.All(new[] { world.StableService, world.CanaryService }.Where(s => s.Exists), s => Assert.NotEqual(RolloutWorld.Name, s.ManagedBy));
            },
            iter: Courses,
            seed: 8);
}
