using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Service.Jobs;
using CanaryAnalyzer.Service.Loop;
using Microsoft.Extensions.Time.Testing;
using static CanaryAnalyzer.Service.Tests.Runs.RunHarness;

namespace CanaryAnalyzer.Service.Tests.Runs;

public sealed class OpenQuestionsTests
{
    private const string Uid = "uid-1";

    private readonly FakeTimeProvider _time = new(DecisionClock.Real(Start));
    private readonly OpenQuestions _questions;

    public OpenQuestionsTests() => _questions = new OpenQuestions(_time, new DecisionClock(_time));

    [Fact]
    public void Question_is_given_once_at_its_time()
    {
        var asked = Assert.Single(Take("30s").Asked);
        Assert.Equal(DecisionClock.Real(Start.AddSeconds(30)), asked.At);
        Assert.False(_questions.TryTake(Key, Uid, "rate", out _));

        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(_questions.TryTake(Key, Uid, "rate", out var question));
        Assert.False(_questions.TryTake(Key, Uid, "rate", out _));
        Assert.True(_questions.IsOpen(Key, question));
        Assert.Null(_questions.DueAt(Key, Uid, "rate"));
    }

    [Fact]
    public void Question_whose_trigger_fired_before_its_time_is_opened_again_by_the_next_pass()
    {
        var asked = Assert.Single(Take("30s").Asked);
        Assert.Empty(Take("30s").Asked);

        Assert.True(_questions.TryReopen(Key, Uid, "rate"));
        Assert.Equal(asked, Assert.Single(Take("30s").Asked));
    }

    [Fact]
    public void Question_that_is_asked_already_is_not_opened_again()
    {
        Take("1s");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_questions.TryTake(Key, Uid, "rate", out _));
        Assert.False(_questions.TryReopen(Key, Uid, "rate"));
        Assert.Empty(Take("1s").Asked);
    }

    [Fact]
    public void Run_of_another_uid_has_questions_of_its_own()
    {
        Take("1s");
        Assert.False(_questions.TryTake(Key, "another", "rate", out _));
        Assert.False(_questions.Knows(Key, "another"));
        Assert.Equal([(Key, Uid)], _questions.ForgetAll());
        Assert.False(_questions.Knows(Key, Uid));
    }

    [Fact]
    public void Answer_that_comes_after_its_metric_was_ended_by_another_one_is_dropped()
    {
        Take("1s", "rate", "slow");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_questions.TryTake(Key, Uid, "rate", out var rate) & _questions.TryTake(Key, Uid, "slow", out var slow));
        _questions.Answer(Key, Uid, Answer(rate!, AnalysisPhase.Failed), (_, _) => { });
        Assert.Equal("slow", Assert.Single(_questions.Continue(Key, Uid).Dropped, metric => metric != "rate"));
        Assert.False(_questions.IsOpen(Key, slow!));

        _questions.Answer(Key, Uid, Answer(slow!, AnalysisPhase.Inconclusive), (_, _) => Assert.Fail("a reconcile for nothing"));
        Assert.Equal("rate", Assert.Single(_questions.Answers(Key, Uid)).Slot.Metric);
    }

    private static MeasurementAnswer Answer(OpenQuestion question, AnalysisPhase phase) => new(
        question.Due.Slot, new Measurement { Phase = phase, StartedAt = Start, FinishedAt = Start }, ImmutableSortedDictionary<string, string>.Empty, Start);

    private QuestionChanges Take(string delay, params string[] names)
    {
        var metrics = (names.Length == 0 ? ["rate"] : names).Select(name => $$"""
            {"name": "{{name}}", "initialDelay": "{{delay}}", "provider": {"prometheus": {"address": "http://p:9090", "query": "up"} } }
            """);
        var json = $$"""
            {"metadata": {"name": "{{Key.Name}}", "namespace": "{{Key.Namespace}}", "uid": "{{Uid}}"}, "status": {"phase": "Running", "startedAt": "2024-05-17T09:30:00Z"},
             "spec": {"metrics": [{{string.Join(", ", metrics)}}]} }
            """;
        using var document = JsonDocument.Parse(json);
        Assert.True(AnalysisRunJson.TryRead(document.RootElement, out var run));
        return _questions.Take(Key, run, []);
    }
}
