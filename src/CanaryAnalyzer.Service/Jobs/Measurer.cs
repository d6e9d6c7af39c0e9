using System.Collections.Immutable;
using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Service.Storage;
using CanaryAnalyzer.Service.Loop;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>Asks a metric's provider one question, within a time limit, and makes an answer of whatever comes of it.</summary>
internal sealed class Measurer(
    IAnalysisRunStore store, OpenQuestions questions, MetricProviders providers, EvidenceChain chain, ProviderTurns turns, DecisionClock clock, TimeProvider time, ILogger<Measurer> logger)
{
    /// <summary>When a running measurement is tried again whose look went wrong before its provider could say when.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private const string CanaryWeight = "canary-weight";

    /// <summary>Asks. Never throws but when cancelled; no secret is in the answer. Null where nobody waited for the answer any more when the provider had its turn for it.</summary>
    public async ValueTask<MeasurementAnswer?> AskAsync(OpenQuestion question, CancellationToken cancellationToken)
    {
        var key = new ResourceKey(question.Run.Namespace, question.Run.Name);
        var mask = SecretMask.None;
        var started = clock.Now;
        Measured measured;
        try
        {
            var (secrets, missing) = await SecretsAsync(question, cancellationToken);
            mask = SecretMask.Of(secrets.Values);
            if (missing.Length > 0) measured = Broken(question, missing, started);
            else if (!RunPlan.TryResolve(question.Run.Spec, question.Metric, secrets, out var metric, out var problem)) measured = Broken(question, problem, started);
            else
            {
                using var turn = await turns.TakeAsync(metric.Provider.Address, cancellationToken);
                // Turns are scarce where a backend is slow: those who waited through an outage must not hold up runs that still want to know.
                if (!questions.IsOpen(key, question)) return null;
                started = clock.Now;
                measured = await MeasureAsync(question, metric, started, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Threw(logger, key, question.Due.Slot.Metric, exception.GetType().Name);
            measured = Broken(question, exception.Message, started);
        }

        return new MeasurementAnswer(question.Due.Slot, Masked(measured.Measurement, mask), Masked(measured.MetricMetadata, mask), clock.Now);
    }

    private async ValueTask<Measured> MeasureAsync(OpenQuestion question, MetricSpec metric, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var limit = metric.Provider.TimeLimit;
        using var timer = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        ProviderAnswer answer;
        try
        {
            answer = await providers.MeasureAsync(metric.Provider, Request(question), both.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Broken(question, $"the provider gave no answer within {GoDuration.Format(limit)}", started);
        }

        return new Measured(Read(question, metric, answer, started), answer.MetricMetadata);
    }

    private Measurement Read(OpenQuestion question, MetricSpec metric, ProviderAnswer answer, DateTimeOffset started)
    {
        if (answer is ProviderAnswer.Decided { Measurement: var decided })
        {
            var anew = chain.Anew(question);
            return anew.Length == 0 ? decided : decided with { Message = decided.Message.Length == 0 ? anew : $"{anew}; {decided.Message}" };
        }

        var value = (answer as ProviderAnswer.Answered)?.Value;
        var failure = answer as ProviderAnswer.Failed;
        var (phase, message) = value is null ? (AnalysisPhase.Error, failure?.Cause ?? "the provider gave no answer") : metric.Conditions.Judge(value.Result, DecisionClock.Real(started));
        return new Measurement
        {
            Phase = phase,
            Message = message,
            Value = value?.Text,
            StartedAt = started,
            FinishedAt = clock.Now,
            ResumeAt = failure?.RetryAt,
            Metadata = answer.Metadata,
        };
    }

    private MeasurementRequest Request(OpenQuestion question)
    {
        var run = question.Run;
        var key = new ResourceKey(run.Namespace, run.Name);
        var previous = Previous(question);
        if (!question.Metric.Spec.Provider.Compares) return new MeasurementRequest { Now = clock.Now, Previous = previous, Purpose = run.Purpose };
        var split = store.Split(key);
        return new MeasurementRequest
        {
            Now = clock.Now,
            Previous = previous,
            Terminate = question.Due.Slot.Kind == MeasurementKind.Terminate,
            Purpose = run.Purpose,
            Arguments = Arguments(run, split),
            Comparisons = question.Comparisons,
            Cuts = [.. split.Changes],
            IsLastPause = run.Purpose == RunPurpose.Pause && run.Annotations.GetValueOrDefault(Markers.LastPause) == "true",
            Continues = chain.Remembered(question, previous),
            OthersInFlight = [.. store.OthersInFlight(key)],
            Deadline = run.Purpose == RunPurpose.Pause ? KubernetesTime.Parse(run.Annotations.GetValueOrDefault(Markers.Deadline)) : null,
        };
    }

    // Whoever looks on through several steps sees the weight change under it.
    private static ImmutableDictionary<string, string> Arguments(AnalysisRun run, TrafficSplit split)
    {
        var given = run.Spec.Args.Where(argument => argument.Value is not null).ToImmutableDictionary(argument => argument.Name, argument => argument.Value!);
        return run.Purpose == RunPurpose.Release && split.CanaryWeight is { } weight && given.ContainsKey(CanaryWeight)
            ? given.SetItem(CanaryWeight, weight.ToString(CultureInfo.InvariantCulture)) : given;
    }

    /// <summary>
    /// What is left where the provider could not be asked: an Error; for a measurement that runs, the same measurement, to be looked at again.
    /// </summary>
    private Measured Broken(OpenQuestion question, string cause, DateTimeOffset started)
    {
        var now = clock.Now;
        var measurement = Previous(question) is not { } previous ? new Measurement { Phase = AnalysisPhase.Error, Message = cause, StartedAt = started, FinishedAt = now }
            : question.Due.Slot.Kind == MeasurementKind.Terminate ? previous with { Phase = AnalysisPhase.Inconclusive, Message = cause, FinishedAt = now, ResumeAt = null }
            : previous with { Message = cause, Value = VerdictValue.Unanswered(previous.Value), ResumeAt = now + Pause };
        return new Measured(measurement, ImmutableSortedDictionary<string, string>.Empty);
    }

    private static Measurement? Previous(OpenQuestion question) =>
        question.Due.Slot.Kind == MeasurementKind.Start ? null : question.Run.Status.Result(question.Due.Slot.Metric)?.LastMeasurement;

    private async ValueTask<(Dictionary<SecretReference, string> Secrets, string Missing)> SecretsAsync(OpenQuestion question, CancellationToken cancellationToken)
    {
        var secrets = new Dictionary<SecretReference, string>();
        foreach (var reference in question.Metric.Secrets)
        {
            if (await store.ReadSecretAsync(question.Run.Namespace, reference, cancellationToken) is not { } value)
                return (secrets, $"Unable to resolve metric arguments: Secret '{reference.Name}' with key '{reference.Key}' not found in namespace '{question.Run.Namespace}'");
            secrets[reference] = value;
        }

        return (secrets, "");
    }

    private static Measurement Masked(Measurement measurement, SecretMask mask) => measurement with
    {
        Message = mask.Apply(measurement.Message),
        Value = measurement.Value is null ? null : mask.Apply(measurement.Value),
        Explanation = measurement.Explanation is null ? null : mask.Apply(measurement.Explanation),
        Metadata = Masked(measurement.Metadata, mask),
    };

    /// <summary>A comparison's state holds sums only, and must come back as it was.</summary>
    private static ImmutableSortedDictionary<string, string> Masked(ImmutableSortedDictionary<string, string> texts, SecretMask mask) =>
        texts.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Key == MetadataKeys.State ? entry.Value : mask.Apply(entry.Value), StringComparer.Ordinal);

    /// <param name="Measurement">The measurement, with secrets in it.</param>
    /// <param name="MetricMetadata">What holds for all measurements of the metric.</param>
    private sealed record Measured(Measurement Measurement, ImmutableSortedDictionary<string, string> MetricMetadata);
}
