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
            if (entry.Questions.TryGetValue(slot.Metric, out var known) && known.Due.Slot == slot) return null;
            entry.Questions[slot.Metric] = question;
            var isOnGrid = slot.Kind == MeasurementKind.Start && !question.Metric.Spec.Provider.Compares;
            return isOnGrid ? question.Due.At + entry.Phase : DecisionClock.Real(question.Due.At);
        }
    }

    /// <summary>The open question about a metric of a run.</summary>
    public bool TryFind(ResourceKey key, string uid, string metric, [NotNullWhen(true)] out OpenQuestion? question)
    {
        question = null;
        lock (_lock)
            return _runs.TryGetValue(key, out var entry) && entry.Uid == uid && entry.Questions.TryGetValue(metric, out question);
    }

    /// <summary>Keeps an answer for the run's next pass; false where nobody asks any more.</summary>
    public bool Answer(ResourceKey key, string uid, MeasurementAnswer answer)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(key, out var entry) || entry.Uid != uid) return false;
            entry.Answers.Add(answer);
            return true;
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
            if (_runs.TryGetValue(key, out var entry) && entry.Questions.TryGetValue(slot.Metric, out var question) && question.Due.Slot == slot)
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
        public Dictionary<string, OpenQuestion> Questions { get; } = new(StringComparer.Ordinal);

        public List<MeasurementAnswer> Answers { get; } = [];
    }
}
