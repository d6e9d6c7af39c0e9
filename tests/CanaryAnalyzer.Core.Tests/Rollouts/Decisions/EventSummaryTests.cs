using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Decisions;

public sealed class EventSummaryTests
{
    private static readonly RolloutEvent Weight = new("TrafficWeightUpdated", "Traffic weight updated from 0 to 50");
    private static readonly RolloutEvent Step = new("RolloutStepCompleted", "Rollout step 1/3 completed (setWeight: 50)");
    private static readonly RolloutEvent Pause = new("RolloutPaused", "Rollout is paused (CanaryPauseStep)");

    [Fact]
    public void The_course_of_an_update_is_one_event_that_begins_with_its_most_important_fact() => Assert.Equal(
        new RolloutEvent("RolloutPaused", $"{Pause.Message}; {Weight.Message}; {Step.Message}"), Assert.Single(EventSummary.Of([Weight, Step, Pause])));

    [Fact]
    public void Warnings_and_what_is_no_matter_of_course_stay_alone()
    {
        var (warning, verdict) = (new RolloutEvent("TrafficWeightUpdated", "someone else did", IsWarning: true), new RolloutEvent("VerdictPromote", "safe"));

        Assert.Equal([warning, verdict, Step with { Message = $"{Step.Message}; {Weight.Message}" }], EventSummary.Of([warning, Weight, verdict, Step]));
    }

    [Fact]
    public void A_fact_that_two_reconciles_found_is_said_once() => Assert.Equal([Weight], EventSummary.Of([Weight, Weight with { }]));

    [Fact]
    public void Only_what_a_status_says_as_well_can_wait_for_it()
    {
        Assert.True(EventSummary.IsIncidental(Weight));
        Assert.False(EventSummary.IsIncidental(Pause));
        Assert.False(EventSummary.IsIncidental(Weight with { IsWarning = true }));
    }
}
