using System.Diagnostics.CodeAnalysis;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>
/// The open questions and the answers that no status holds yet, of each run. Nothing here is needed after a restart: a run's status says what to ask.
/// </summary>
internal sealed class OpenQuestions(TimeProvider time)
{
    /// <summary>How long an answer waits at most for others of the same instant, so that they share a pass and a write.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    /// <summary>A provider that was asked longer ago is slow, and not waited for.</summary>
    private static readonly TimeSpan UsualAnswer = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceKey, Entry> _runs = [];

    /// <summary>
    /// Opens a question, and says when to ask it by the real clock; null where it is open already, be it that its answer is on the way or waits for the run's next pass.
    /// </summary>
    public DateTimeOffset? Open(ResourceKey key, OpenQuestion question)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(key, out var entry) || entry.Uid != question.Run.Uid) _runs[key] = entry = new Entry(question.Run.Uid, Phase(question.Run));
            var slot = question.Due.Slot;
            if (entry.Questions.TryGetValue(slot.Metric, out var known) && known.Question.Due.Slot == slot) return null;
            var isOnGrid = slot.Kind == MeasurementKind.Start && !question.Metric.Spec.Provider.Compares;
            var at = isOnGrid ? question.Due.At + entry.Phase : DecisionClock.Real(question.Due.At);
            var now = time.GetUtcNow();
            entry.Questions[slot.Metric] = new Timed(question, at = at < now ? now : at);
            return at;
        }
    }

    /// <summary>The open question about a metric of a run.</summary>
    public bool TryFind(ResourceKey key, string uid, string metric, [NotNullWhen(true)] out OpenQuestion? question)
    {
        lock (_lock)
            question = _runs.TryGetValue(key, out var entry) && entry.Uid == uid ? entry.Questions.GetValueOrDefault(metric)?.Question : null;
        return question is not null;
    }

    /// <summary>
    /// Keeps an answer for the run's next pass, and has that come: now, or in a moment where answers to other questions of the same instant are on the way. Does nothing
    /// where nobody asks any more.
    /// </summary>
    /// <param name="key">The run.</param>
    /// <param name="uid">The run's uid.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="passAt">Has the run's next pass come by an instant. Called before another answer is kept, so that the last one of an instant ends the waiting of all.</param>
    public void Answer(ResourceKey key, string uid, MeasurementAnswer answer, Action<ResourceKey, DateTimeOffset> passAt)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(key, out var entry) || entry.Uid != uid) return;
            entry.Answers.Add(answer);
            var now = time.GetUtcNow();
            passAt(key, entry.Questions.Values.Any(other => IsOnTheWay(entry, other, now)) ? now + Gathering : now);
        }
    }

    /// <summary>The answers that wait; they stay until <see cref="Close"/>.</summary>
    public IReadOnlyList<MeasurementAnswer> Answers(ResourceKey key, string uid)
    {
        lock (_lock)
            return _runs.TryGetValue(key, out var entry) && entry.Uid == uid ? [.. entry.Answers] : [];
    }

    /// <summary>Forgets answers that the run's status has taken in, and their questions.</summary>
    public void Close(ResourceKey key, IEnumerable<MeasurementAnswer> answers)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(key, out var entry)) return;
            foreach (var answer in answers)
            {
                entry.Answers.Remove(answer);
                Withdraw(key, answer.Slot);
            }
        }
    }

    /// <summary>Forgets a question.</summary>
    public void Withdraw(ResourceKey key, MeasurementSlot slot)
    {
        lock (_lock)
        {
            if (_runs.TryGetValue(key, out var entry) && entry.Questions.TryGetValue(slot.Metric, out var timed) && timed.Question.Due.Slot == slot)
                entry.Questions.Remove(slot.Metric);
        }
    }

    /// <summary>Forgets the metrics of a run that aren't asked about any more, and returns them.</summary>
    public IReadOnlyList<string> Keep(ResourceKey key, IReadOnlyCollection<string> metrics)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(key, out var entry)) return [];
            var others = entry.Questions.Keys.Where(metric => !metrics.Contains(metric)).ToList();
            foreach (var metric in others) entry.Questions.Remove(metric);
            return others;
        }
    }

    /// <summary>Forgets a run that ended or is gone; returns its uid where it was known.</summary>
    public string? Forget(ResourceKey key)
    {
        lock (_lock)
            return _runs.Remove(key, out var entry) ? entry.Uid : null;
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

    private sealed record Entry(string Uid, TimeSpan Phase)
    {
        public Dictionary<string, Timed> Questions { get; } = new(StringComparer.Ordinal);

        public List<MeasurementAnswer> Answers { get; } = [];
    }

    /// <param name="Question">The question.</param>
    /// <param name="At">When it is asked.</param>
    private sealed record Timed(OpenQuestion Question, DateTimeOffset At);
}
