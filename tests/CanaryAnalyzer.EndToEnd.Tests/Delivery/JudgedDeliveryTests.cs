using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CanaryAnalyzer.EndToEnd.Tests.Stages;

namespace CanaryAnalyzer.EndToEnd.Tests.Delivery;

/// <summary>New versions are promoted and rolled back by what their users get, and all that is said about it is true.</summary>
public sealed partial class JudgedDeliveryTests(Theatre theatre)
{
    [Fact]
    public async Task A_good_version_is_promoted_then_a_bad_one_rolled_back_and_the_numbers_are_true()
    {
        await using var app = await App.DeliverFirstAsync(await theatre.StageAsync(), "judged");
        app.Apply(Manifests.Policy(app.Namespace));
        app.Use();

        await app.DeliverToPauseAsync(Versions.Good);
        var healthy = await app.UntilAsync(r => App.Phase(r) == "Healthy", "the promotion of the good version");
        var promoted = await VerdictAsync(app, 0, "Successful", "Promote");
        await app.ToldAsync("VerdictPromote", m => m == promoted.Sentence);
        Assert.Equal(App.Text(healthy, "status", "stableRS"), App.Text(healthy, "status", "currentPodHash"));
        Assert.Null(App.At(healthy, "status", "canaryAnalyzer"));

        await app.DeliverToPauseAsync(Versions.Bad);
        var judging = await app.UntilAsync(r => App.Text(r, "status", "canaryAnalyzer", "verdict").Length > 0, "a look at the bad version");
        Assert.Equal("automatic", App.Text(judging, "status", "canaryAnalyzer", "policy"));
        var degraded = await app.UntilAsync(r => App.Phase(r) == "Degraded", "the rollback of the bad version");
        var refused = await VerdictAsync(app, 1, "Failed", "Rollback");
        Assert.Equal($"RolloutAborted: Rollout aborted update to revision 3: {refused.Sentence}", App.Message(degraded));
        await app.ToldAsync("VerdictRollback", m => m == refused.Sentence);
        Assert.Equal(App.Text(healthy, "status", "currentPodHash"), App.Text(degraded, "status", "stableRS"));
        AssertTrue(app, refused, Versions.Bad, Versions.Good);
    }

    private static async Task<Verdict> VerdictAsync(App app, int run, string phase, string verdict)
    {
        var runs = await app.PauseRunsAsync();
        Assert.Equal(run + 1, runs.Count);
        Assert.Equal(phase, App.Text(runs[run], "status", "phase"));
        var measurement = App.LastMeasurement(runs[run])!;
        var value = JsonNode.Parse(App.Text(measurement, "value"))!;
        Assert.Equal((phase, verdict), (App.Text(measurement, "phase"), App.Text(value, "verdict")));
        return new Verdict(App.Text(measurement, "message"), value["measures"]!.AsArray().Single(m => App.Text(m, "name") == "errors")!);
    }

    /// <summary>
    /// The sentence has the value's counts; they are no more than what the users got, and their shares are those of the users. Where the sides' shares of the traffic changed from look to look, stable's
    /// share is said at the canary's mix, without its counts.
    /// </summary>
    private static void AssertTrue(App app, Verdict verdict, string canary, string stable)
    {
        var numbers = Numbers().Match(verdict.Sentence);
        Assert.True(numbers.Success, verdict.Sentence);
        foreach (var (side, image) in new[] { ("canary", canary), ("stable", stable) })
        {
            var (requests, errors) = (verdict.Count(side, "requests"), verdict.Count(side, "errors"));
            if (numbers.Groups[side + "Requests"].Success) Assert.Equal((requests, errors), (Count(numbers, side + "Requests"), Count(numbers, side + "Errors")));
            var (all, failed) = (app.Traffic[image].Requests, app.Traffic[image].Errors);
            Assert.InRange(requests, 100, all);
            Assert.InRange(errors, 0, failed);
            // Both are samples of one rate, the judge's a part of the users': six standard deviations apart at most.
            var rate = (double)failed / all;
            Assert.InRange(Math.Abs(((double)errors / requests) - rate), 0, 6 * Math.Sqrt(Math.Max(rate, 0.001) / requests));
        }
    }

    private static long Count(Match numbers, string group) =>
        long.Parse(string.Concat(numbers.Groups[group].Value.Where(char.IsAsciiDigit)), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"errors [\d.]+% \((?<canaryErrors>[\d,]+) of (?<canaryRequests>[\d,]+)\) on canary, [\d.]+% (?:\((?<stableErrors>[\d,]+) of (?<stableRequests>[\d,]+)\) on stable(?! at)|on stable at the canary's mix)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();

    private sealed record Verdict(string Sentence, JsonNode Errors)
    {
        // A rollback rests on the time that speaks most for harm.
        public long Count(string side, string what) => (Errors["window"] ?? Errors)[side]![what]!.GetValue<long>();
    }
}
