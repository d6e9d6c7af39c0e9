using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Explaining;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Metrics.Compare;

/// <summary>Writes down how far a comparison has come.</summary>
internal sealed class CompareReport(ComparePlan plan, CompareProgress progress)
{
    private const int LongestText = 1500;

    public Measurement Measurement()
    {
        if (SaysNothingNew && plan.Request.Previous is { } previous)
            return previous with { Metadata = previous.Metadata.SetItem(MetadataKeys.State, Remembered()), ResumeAt = ResumeAt() };
        var report = Report();
        var phase = Phase(report);
        var begins = progress.Memory.Next <= 1 && progress.Failure is null && phase == AnalysisPhase.Running;
        var sentence = begins ? Begins() : Shortened(VerdictSentence.Of(report));
        var explanation = Explain(report);
        return new Measurement
        {
            Phase = phase,
            Message = Shortened(string.Join("; ", new[] { progress.Anew ?? "", sentence, progress.Failure ?? "" }.Concat(explanation.Notes).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal))),
            StartedAt = plan.StartedAt,
            FinishedAt = phase == AnalysisPhase.Running ? null : KubernetesTime.RoundUp(plan.Request.Now),
            Value = VerdictJson.Write(report, progress.Failure is null ? null : VerdictReason.QueryError, SeenUpTo()),
            Metadata = Metadata(sentence),
            Explanation = ExplanationJson.Write(explanation),
            ResumeAt = phase == AnalysisPhase.Running ? ResumeAt() : null,
        };
    }

    private ImmutableSortedDictionary<string, string> Metadata(string sentence)
    {
        var metadata = ImmutableSortedDictionary<string, string>.Empty
            .Add(MetadataKeys.State, Remembered())
            .Add(MetadataKeys.Sentence, sentence)
            .Add(MetadataKeys.Queries, Shortened(string.Join('\n', progress.Queries)));
        return progress.Missing.Count > 0 && MissingNote.Write(progress.Missing) is { Length: <= LongestText } missing ? metadata.Add(MetadataKeys.Missing, missing) : metadata;
    }

    /// <summary>Whether this call neither took a look nor failed to: what the last one came to still stands.</summary>
    private bool SaysNothingNew => progress is { Last: null, Failure: null, Anew: null, Memory.Next: > 1 } && !plan.Request.Terminate;

    private string Remembered() => (progress.Memory = progress.Memory with { Judge = progress.Judge?.Write() }).Write();

    /// <summary>Everything that the look rests on.</summary>
    private Explanation Explain(LookReport report)
    {
        var (pods, outliers) = PodFigures.Of(progress.Memory, plan.Spec);
        return new Explanation
        {
            Report = report,
            Queries = progress.Queries,
            Flags = progress.Failure is { } failure ? [.. progress.Flags, new DataFlag("", nameof(VerdictReason.QueryError), failure)] : [.. progress.Flags],
            Targets = pods,
            Notes = [.. progress.Anew is { } anew ? [anew] : Array.Empty<string>(), .. progress.Notes, .. outliers, .. InFlight(report)],
            OthersInFlight = plan.Request.OthersInFlight,
        };
    }

    /// <summary>What else may be the cause where both sides got worse together.</summary>
    private IEnumerable<string> InFlight(LookReport report) =>
        report.Reason == VerdictReason.BothWorse && !plan.Request.OthersInFlight.IsEmpty ? [$"other releases under way: {string.Join(", ", plan.Request.OthersInFlight)}"] : [];

    /// <summary>What the pause waits for, said before there is anything to count.</summary>
    private string Begins()
    {
        const string Collecting = "collecting data";
        if (plan.EndsOnlyByHarm) return $"{Collecting}: the release is watched for harm until it ends";
        var time = plan.Options is { Promote: PromoteWhen.AtEnd, MaxDuration: { } most } ? most : plan.Options.MinDuration;
        return string.Create(CultureInfo.InvariantCulture, $"{Collecting}: a promotion needs at least {plan.Options.MinRequests:#,0} canary requests and {GoDuration.Format(time)}");
    }

    private LookReport Report()
    {
        var now = plan.Request.Now;
        var overdue = progress.Failure is not null && plan.IsDeadline(now - plan.Wait(progress.Memory.Scrape));
        if (progress.Last is { } last && progress.Failure is null) return AsWanted(last.Report);

        // Nothing new was seen: the same evidence once more, which no look without data can change.
        var lastTaken = Math.Max(0, progress.Memory.Next - 1);
        var measures = plan.Options.Measures.Length;
        var input = new LookInput(progress.Failure is null ? lastTaken : progress.Memory.Next, plan.At(lastTaken) - plan.StartedAt, [.. new MeasureCounts?[measures]], overdue)
        {
            Absences = progress.Failure is null ? [] : [.. Enumerable.Repeat(DataAbsence.QueryError, measures)],
        };
        var report = SequentialJudge.Look(progress.Judge ?? BeforeHistory(), input, plan.Options).Report;
        return AsWanted(progress.Failure is null && progress.Memory.Reason is { } reason ? AsSeen(report, reason) : report);
    }

    /// <summary>The report with what the last look that was taken saw.</summary>
    private LookReport AsSeen(LookReport report, VerdictReason reason) =>
        report with { Reason = reason, Measures = [.. report.Measures.Select((measure, i) => measure with { HasData = !progress.Memory.Without.Contains(i) })] };

    /// <summary>Who is asked to end without having decided has not decided.</summary>
    private LookReport AsWanted(LookReport report) =>
        plan.Request.Terminate && !plan.EndsOnlyByHarm && report.Verdict == JudgeVerdict.Continue ? report with { Verdict = JudgeVerdict.Inconclusive } : report;

    /// <summary>The judge's state while no history is read yet, with the evidence that the run before hands on.</summary>
    private JudgeState BeforeHistory() => plan.Request.Continues is { } before && CompareMemory.TryReadJudge(before, out var carried)
        ? JudgeState.StartAfter(plan.Options, [], carried, out _)
        : JudgeState.Start(plan.Options, []);

    private AnalysisPhase Phase(LookReport report)
    {
        if (report.Verdict == JudgeVerdict.Rollback) return AnalysisPhase.Failed;
        if (plan.Request.Terminate) return plan.EndsOnlyByHarm ? AnalysisPhase.Successful : progress.Ended && report.Verdict == JudgeVerdict.Promote ? AnalysisPhase.Successful : AnalysisPhase.Inconclusive;
        return report.Verdict switch
        {
            JudgeVerdict.Promote when !plan.EndsOnlyByHarm => AnalysisPhase.Successful,
            JudgeVerdict.Inconclusive when !plan.LooksOn => AnalysisPhase.Inconclusive,
            _ => AnalysisPhase.Running,
        };
    }

    /// <summary>When the next look is due; after a failure soon, as the look that failed is still to be taken.</summary>
    private DateTimeOffset ResumeAt()
    {
        var now = plan.Request.Now;
        var due = plan.DueAt(progress.Memory.Next, progress.Memory.Scrape);
        if (progress.Failure is not null) due = now + (plan.Spec.Interval < TimeSpan.FromSeconds(10) ? plan.Spec.Interval : TimeSpan.FromSeconds(10));
        return KubernetesTime.RoundUp(due > now ? due : now);
    }

    /// <summary>The last instant at which every measure had samples of both sides; null before the first.</summary>
    private DateTimeOffset? SeenUpTo() =>
        progress.Memory.Accepted.Length == 0 || progress.Memory.Accepted.Any(at => at is null) ? null : DateTimeOffset.FromUnixTimeMilliseconds(progress.Memory.Accepted.Min()!.Value);

    private static string Shortened(string text) => text.Length > LongestText ? text[..LongestText] + "…" : text;
}
