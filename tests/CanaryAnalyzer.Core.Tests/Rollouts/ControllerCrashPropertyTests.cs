using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Core.Tests.Rollouts.Worlds;
using CsCheck;

namespace CanaryAnalyzer.Core.Tests.Rollouts;

public sealed class ControllerCrashPropertyTests
{
    private const int Courses = 1500;

    [Fact]
    public void A_controller_killed_anywhere_ends_where_one_ends_that_lives() =>
        Gen.Select(Script.WholeSeconds, Gen.Int[0, 4].Array[1, 8]).SampleFixed(
            sample =>
            {
                var (script, crashes) = sample;
                var (calm, killed) = (new RolloutWorld(), new RolloutWorld());
                var expected = new List<string>();
                script.Play(calm, (_, _) => expected.Add(Picture(calm)));
                var at = 0;
                killed.BeforePass = pass =>
                {
                    if (pass % 3 == crashes[0] % 3) killed.CrashAfter = crashes[at++ % crashes.Length];
                };
                var place = 0;
                script.Play(killed, (_, _) => Assert.Equal(expected[place++], Picture(killed)));
            },
            iter: Courses,
            seed: 106);

    [Fact]
    public void A_controller_that_lets_statuses_wait_ends_where_one_ends_that_writes_each()
    {
        var waited = 0;
        Gen.Select(Script.WholeSeconds, Gen.Int[1, 3]).SampleFixed(
            sample =>
            {
                var (script, most) = sample;
                var (calm, waiting) = (new RolloutWorld(), new RolloutWorld { MostWaiting = most });
                var expected = new List<string>();
                script.Play(calm, (_, _) => expected.Add(Picture(calm)));
                var place = 0;
                script.Play(waiting, (_, _) => Assert.Equal(expected[place++], Picture(waiting)));
                Interlocked.Add(ref waited, waiting.Waited);
            },
            iter: Courses,
            seed: 107);
        Assert.True(waited > Courses, $"{waited} statuses waited in {Courses} courses");
    }

    private static string Picture(RolloutWorld world) => JsonSerializer.Serialize(new
    {
        Status = WithoutReason(world.Status),
        Versions = world.Versions.Select(v => new { v.Name, v.Revision, v.Desired, v.Deadline, v.RolloutReplicas, v.History, Record = WithoutWeights(v.Record) }),
        Runs = world.Runs.Where(r => r.CompletedAt is null).Select(r => r.Made.Name),
        Routes = world.Routes.Select(r => $"{r.First} {r.Second}"),
        Services = $"{world.CanaryService.Hash} {world.StableService.Hash}",
        world.Revision,
        world.Workload?.Replicas,
    });

    // What a pass found new or saw on its way, and what it put back, is told by that pass; one that was killed tells nobody.
    private static string WithoutWeights(string record)
    {
        if (record.Length == 0) return "";
        var json = JsonNode.Parse(record)!.AsObject();
        json.Remove("weights");
        return json.ToJsonString();
    }

    private static RolloutStatus WithoutReason(RolloutStatus status) => status with
    {
        WeightChanges = [],
        Release = status.Release is null ? null : status.Release with { Weights = [] },
        Conditions = [.. status.Conditions.OrderBy(c => c.Type, StringComparer.Ordinal).Select(c => new RolloutCondition(c.Type, c.Status, c.IsTrue ? "" : c.Reason, c.IsTrue ? "" : c.Message, default, default))],
    };
}
