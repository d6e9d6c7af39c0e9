using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>
/// The open questions of each run and the answers that its status doesn't contain yet. What is asked next follows from both, so that measurements keep their times while the
/// API server takes its time for a status. Nothing here is needed after a restart: a run's status says what to ask.
/// </summary>
internal sealed class OpenQuestions(TimeProvider time, DecisionClock clock)
{
    /// <summary>How many answers of a metric wait for a status at most. No more is asked then: where no status can be written for so long, nobody knows what became of the run.</summary>
    public const int MaxWaiting = 10;

    /// <summary>How long an answer waits at most for others of the same instant, so that they share a pass and a write.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    /// <summary>A provider that was asked longer ago is slow, and not waited for.</summary>
    private static readonly TimeSpan UsualAnswer = TimeSpan.FromSeconds(1);

    /// <summary>The scheduler fires a trigger up to 2 ms before its time.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceKey, Entry> _runs = [];

    /// <summary>Makes the questions of a run those that follow from its status and the answers that it doesn't contain.</summary>
    /// <param name="key">The run's key.</param>
    /// <param name="run">The run, with its newest status.</param>
    /// <param name="taken">The answers that this status contains; they and their questions are forgotten.</param>
    public QuestionChanges Take(ResourceKey key, AnalysisRun run, IEnumerable<MeasurementAnswer> taken)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(key, out var entry) || entry.Uid != run.Uid) _runs[key] = entry = new Entry(run, Phase(run));
            entry.Run = run;
            foreach (var answer in taken)
            {
                entry.Answers.Remove(answer);
                entry.Withdraw(answer.Slot);
            }

            return Continue(entry);
        }
    }

    /// <summary>Opens the questions that follow from the answers so far, as <see cref="Take"/> does; none where nobody asks any more.</summary>
    public QuestionChanges Continue(ResourceKey key, string uid)
    {
        lock (_lock)
            return _runs.TryGetValue(key, out var entry) && entry.Uid == uid ? Continue(entry) : QuestionChanges.None;
    }

    /// <summary>The question about a metric of a run whose time has come; each is given once, however many triggers were set for it.</summary>
    public bool TryTake(ResourceKey key, string uid, string metric, [NotNullWhen(true)] out OpenQuestion? question)
    {
        question = null;
        lock (_lock)
        {
            if (Find(key, uid, metric) is not { IsAsked: false } timed || timed.At - time.GetUtcNow() > Early) return false;
            timed.IsAsked = true;
            question = timed.Question;
            return true;
        }
    }

    /// <summary>When the open question about a metric of a run is to be asked; null where there is none, or it is asked already.</summary>
    public DateTimeOffset? DueAt(ResourceKey key, string uid, string metric)
    {
        lock (_lock)
            return Find(key, uid, metric) is { IsAsked: false } timed ? timed.At : null;
    }

    /// <summary>Forgets a question that is not asked yet, so that the run's next pass opens it again; false where there is none.</summary>
    public bool TryReopen(ResourceKey key, string uid, string metric)
    {
        lock (_lock)
            return Find(key, uid, metric) is { IsAsked: false } && _runs[key].Questions.Remove(metric);
    }

    /// <summary>Whether anything is asked for a run.</summary>
    public bool Knows(ResourceKey key, string uid)
    {
        lock (_lock)
            return _runs.TryGetValue(key, out var entry) && entry.Uid == uid;
    }

    /// <summary>Whether this very question still waits for its answer.</summary>
    public bool IsOpen(ResourceKey key, OpenQuestion question)
    {
        lock (_lock)
            return _runs.TryGetValue(key, out var entry) && entry.Questions.TryGetValue(question.Due.Slot.Metric, out var timed) && ReferenceEquals(timed.Question, question);
    }

    /// <summary>
    /// Keeps an answer for the run's next pass, and has that come: now, or in a moment where answers to other questions of the same instant are on the way. Does nothing
    /// where nobody asks any more, as for a metric that another one's answer ended meanwhile.
    /// </summary>
    /// <param name="key">The run.</param>
    /// <param name="uid">The run's uid.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="passAt">Has the run's next pass come by an instant. Called before another answer is kept, so that the last one of an instant ends the waiting of all.</param>
    public void Answer(ResourceKey key, string uid, MeasurementAnswer answer, Action<ResourceKey, DateTimeOffset> passAt)
    {
        lock (_lock)
        {
            if (Find(key, uid, answer.Slot.Metric) is not { } timed || timed.Question.Due.Slot != answer.Slot) return;
            var entry = _runs[key];
            entry.Answers.Add(answer);
            var now = time.GetUtcNow();
            passAt(key, entry.Questions.Values.Any(other => IsOnTheWay(entry, other, now)) ? now + Gathering : now);
        }
    }

    /// <summary>The answers that wait; they stay until <see cref="Take"/>.</summary>
    public IReadOnlyList<MeasurementAnswer> Answers(ResourceKey key, string uid)
    {
        lock (_lock)
            return _runs.TryGetValue(key, out var entry) && entry.Uid == uid ? [.. entry.Answers] : [];
    }

    /// <summary>Forgets a question.</summary>
    public void Withdraw(ResourceKey key, MeasurementSlot slot)
    {
        lock (_lock)
        {
            if (_runs.TryGetValue(key, out var entry)) entry.Withdraw(slot);
        }
    }

    /// <summary>Forgets a run that ended or is gone; returns its uid where it was known.</summary>
    public string? Forget(ResourceKey key)
    {
        lock (_lock)
            return _runs.Remove(key, out var entry) ? entry.Uid : null;
    }

    /// <summary>Forgets all runs, and returns them with their uids.</summary>
    public IReadOnlyList<(ResourceKey Key, string Uid)> ForgetAll()
    {
        lock (_lock)
        {
            var all = _runs.Select(run => (run.Key, run.Value.Uid)).ToList();
            _runs.Clear();
            return all;
        }
    }

    private Timed? Find(ResourceKey key, string uid, string metric) =>
        _runs.TryGetValue(key, out var entry) && entry.Uid == uid ? entry.Questions.GetValueOrDefault(metric) : null;

    private QuestionChanges Continue(Entry entry)
    {
        var decision = RunAssessor.Assess(entry.Run, entry.Answers, clock.Now);
        var plan = RunPlan.Of(entry.Run);
        // Whoever answers continues from the status that the answers so far will make, not from the one that was read.
        var run = entry.Run with { Status = decision.NextStatus };
        var dropped = entry.Questions.Keys.Where(metric => !decision.Due.Any(due => due.Slot.Metric == metric)).ToImmutableArray();
        foreach (var metric in dropped) entry.Questions.Remove(metric);
        var opened = ImmutableArray.CreateBuilder<QuestionChanges.Opened>();
        foreach (var due in decision.Due)
        {
            if (entry.Answers.Count(answer => answer.Slot.Metric == due.Slot.Metric) >= MaxWaiting) continue;
            var metric = plan.Metrics.First(planned => planned.Spec.Name == due.Slot.Metric);
            if (Open(entry, new OpenQuestion(run, metric, Math.Max(1, plan.Comparisons), due)) is { } at) opened.Add(new QuestionChanges.Opened(due.Slot, at));
        }

        return new QuestionChanges(opened.ToImmutable(), dropped);
    }

    // When to ask it by the real clock; null where it is open already, be it that its answer is on the way.
    private DateTimeOffset? Open(Entry entry, OpenQuestion question)
    {
        var slot = question.Due.Slot;
        if (entry.Questions.TryGetValue(slot.Metric, out var known) && known.Question.Due.Slot == slot) return null;
        var isOnGrid = slot.Kind == MeasurementKind.Start && !question.Metric.Spec.Provider.Compares;
        var at = isOnGrid ? question.Due.At + entry.Phase : DecisionClock.Real(question.Due.At);
        var now = time.GetUtcNow();
        entry.Questions[slot.Metric] = new Timed(question, at = at < now ? now : at);
        return at;
    }

    private static bool IsOnTheWay(Entry entry, Timed question, DateTimeOffset now) =>
        question.At <= now && now < question.At + UsualAnswer && !entry.Answers.Exists(answer => answer.Slot == question.Question.Due.Slot);

    /// <summary>
    /// How long after an instant of a run's grid its providers are asked: as long after the whole second as the run began, so that the distances are exact from the first
    /// on, and runs do not all ask at once. Where it isn't known when in its second a run began, the whole second: what was asked before was never later.
    /// </summary>
    private TimeSpan Phase(AnalysisRun run)
    {
        var begun = time.GetUtcNow() - (run.Status.StartedAt ?? DateTimeOffset.MinValue);
        return begun < TimeSpan.Zero ? TimeSpan.Zero : begun < DecisionClock.Delay ? begun : DecisionClock.Delay;
    }

    private sealed class Entry(AnalysisRun run, TimeSpan phase)
    {
        public string Uid { get; } = run.Uid;

        public TimeSpan Phase { get; } = phase;

        public AnalysisRun Run { get; set; } = run;

        public Dictionary<string, Timed> Questions { get; } = new(StringComparer.Ordinal);

        public List<MeasurementAnswer> Answers { get; } = [];

        public void Withdraw(MeasurementSlot slot)
        {
            if (Questions.TryGetValue(slot.Metric, out var timed) && timed.Question.Due.Slot == slot) Questions.Remove(slot.Metric);
        }
    }

    private sealed class Timed(OpenQuestion question, DateTimeOffset at)
    {
        public OpenQuestion Question { get; } = question;

        public DateTimeOffset At { get; } = at;

        public bool IsAsked { get; set; }
    }
}
