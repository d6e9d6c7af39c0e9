using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Metrics.Compare;

namespace CanaryAnalyzer.Cli.Analyzing;

/// <summary>Takes the looks of comparisons, those of the past at once and those to come when they are due.</summary>
internal sealed class AnalysisLoop(CliHost host, MetricBackends backends, AnalysisSubject subject, LookSpan span)
{
    private readonly List<Judgement> _judgements = [.. subject.Comparisons.Select(one => new Judgement(one.Metric, one.Spec, null))];

    /// <summary>Where the comparisons stand.</summary>
    public IReadOnlyList<Judgement> Judgements => _judgements;

    /// <summary>What they come to together.</summary>
    public Outcome Outcome =>
        _judgements.Exists(one => one.Measurement is { Phase: AnalysisPhase.Failed }) ? Outcome.Rollback
        : _judgements.Exists(one => one.Measurement is { Phase: AnalysisPhase.Error }) ? Outcome.Error
        : _judgements.TrueForAll(one => one.Measurement is { Phase: AnalysisPhase.Successful }) ? Outcome.Promote
        : Outcome.Inconclusive;

    /// <summary>Looks until there is a verdict or the time is over.</summary>
    /// <param name="show">Called after each round of looks.</param>
    /// <param name="cancellationToken">Ends the looking; what is known stays.</param>
    /// <exception cref="CliException">A past look could not be taken.</exception>
    public async Task RunAsync(Func<Task> show, CancellationToken cancellationToken)
    {
        while (true)
        {
            for (var i = 0; i < _judgements.Count; i++)
                await CatchUpAsync(i, cancellationToken);
            await show();
            if (_judgements.TrueForAll(one => !one.IsOpen) || Outcome == Outcome.Rollback)
                return;
            var next = _judgements.Where(one => one.IsOpen).Min(one => one.Measurement!.ResumeAt ?? host.Time.GetUtcNow());
            var wait = next - host.Time.GetUtcNow();
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, host.Time, cancellationToken);
        }
    }

    /// <summary>What stood in the way, without the verdict's sentence: where nothing could be asked there is no verdict.</summary>
    private static string CauseOf(Measurement measured)
    {
        var message = measured.Message ?? "the Prometheus gave no answer";
        var sentence = measured.Metadata.GetValueOrDefault(MetadataKeys.Sentence, "") + "; ";
        return message.StartsWith(sentence, StringComparison.Ordinal) ? message[sentence.Length..] : message;
    }

    /// <summary>Takes the looks that are due; one call takes no more than some.</summary>
    private async Task CatchUpAsync(int index, CancellationToken cancellationToken)
    {
        while (_judgements[index].IsOpen)
        {
            var judgement = _judgements[index];
            var now = judgement.Measurement is null ? span.Start : host.Time.GetUtcNow();
            if (judgement.Measurement is { ResumeAt: { } due } && due > now)
                return;
            var request = new MeasurementRequest
            {
                Now = now,
                IsReplay = true,
                Previous = judgement.Measurement,
                Arguments = subject.Arguments,
                Comparisons = subject.Sharing,
                Deadline = span.LastLook(judgement.Spec.Interval),
            };
            var measured = await backends.Compare.CompareAsync(judgement.Spec, request, cancellationToken);
            var failed = Verdict.Of(measured).IsUnanswered;
            if (failed && (span.Until is not null || !Verdict.Of(judgement.Measurement).HasLooked))
                throw new CliException(CauseOf(measured));
            _judgements[index] = judgement with { Measurement = measured };
            if (failed)
                return;
        }
    }
}
