using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Analysis.Runs;

namespace CanaryAnalyzer.Core.Tests.Analysis.Runs;

/// <summary>A run in time: asks what is due, answers it, and looks again; its status goes through JSON at each look, as it does in a cluster.</summary>
internal sealed class RunScenario(string spec)
{
    public static readonly DateTimeOffset Start = new(2024, 5, 17, 9, 30, 0, TimeSpan.Zero);

    private RunDecision _last = new() { NextStatus = RunStatus.New };

    public DateTimeOffset Now { get; private set; } = Start;

    public RunStatus Status { get; private set; } = RunStatus.New;

    public List<RunEvent> Events { get; } = [];

    public bool Terminate { get; set; }

    public ImmutableArray<DueMeasurement> Due => _last.Due;

    public RunDecision Last => _last;

    public static RunScenario Of(string metrics, string more = "") => new($$"""{"metrics": [{{metrics}}]{{more}}}""");

    /// <summary>A metric that asks Prometheus.</summary>
    public static string Metric(string name = "rate", string more = "") =>
        $$$"""{"name": "{{{name}}}", "successCondition": "result[0] > 1", "provider": {"prometheus": {"address": "http://p:9090", "query": "up"}}{{{more}}} }""";

    public static string Comparison(string name = "compare", string more = "") =>
        $$$$"""
        {"name": "{{{{name}}}}", "provider": {"plugin": {"canaryanalyzer/compare": {"measures": [
          {"name": "errors", "errorRate": {"requests": "http_requests_total", "errors": "http_requests_total{code=~\"5..\"}"} }]}}}{{{{more}}}} }
        """;

    public AnalysisRun Run()
    {
        var json = $$"""
            {"metadata": {"name": "r", "namespace": "n", "uid": "u"}, "spec": {{spec}}, "status": {{RunStatusJson.Write(Status).ToJsonString()}}}
            """;
        using var document = JsonDocument.Parse(json);
        Assert.True(AnalysisRunJson.TryRead(document.RootElement, out var run));
        return Terminate ? run with { Spec = run.Spec with { Terminate = true } } : run;
    }

    public RunDecision Look(params MeasurementAnswer[] answers)
    {
        _last = RunAssessor.Assess(Run(), answers, Now);
        Status = _last.NextStatus;
        Events.AddRange(_last.Events);
        return _last;
    }

    public RunScenario Wait(TimeSpan time)
    {
        Now += time;
        return this;
    }

    /// <summary>Goes to the instant at which the metric is due, and answers.</summary>
    public RunScenario Answer(AnalysisPhase phase, string metric = "rate", string message = "", TimeSpan? resumeIn = null)
    {
        if (_last.Due.IsDefaultOrEmpty) Look();
        var due = Assert.Single(_last.Due, one => one.Slot.Metric == metric);
        if (due.At > Now) Now = due.At;
        Look(AnswerTo(due.Slot, phase, message, resumeIn));
        return this;
    }

    public MeasurementAnswer AnswerTo(MeasurementSlot slot, AnalysisPhase phase, string message = "", TimeSpan? resumeIn = null) =>
        new(slot, new Measurement { Phase = phase, Message = message, StartedAt = Now, ResumeAt = resumeIn is { } wait ? Now + wait : null }, ImmutableSortedDictionary<string, string>.Empty, Now);
}
