using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Analysis.Runs;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Metrics.Compare;
using CanaryAnalyzer.Service.Loop;
using CanaryAnalyzer.Service.Runs;

namespace CanaryAnalyzer.Service.Jobs;

/// <summary>Asks a metric's provider one question, within a time limit, and makes an answer of whatever comes of it.</summary>
internal sealed class Measurer(
    IAnalysisRunStore store, OpenQuestions questions, PrometheusMeasurer prometheus, IMetricProvider<CompareSpec> comparison, EvidenceChain chain, ProviderTurns turns, DecisionClock clock, TimeProvider time,
    ILogger<Measurer> logger)
{
    /// <summary>How much longer than its provider's own limit a measurement may take.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>A comparison may have many looks to catch up with.</summary>
    private static readonly TimeSpan ComparisonLimit = TimeSpan.FromMinutes(2);

    /// <summary>When a running measurement is tried again whose look went wrong before its provider could say when.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private const string CanaryWeight = "canary-weight";

    private static readonly ImmutableSortedDictionary<string, string> Nothing = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Asks. Never throws but when cancelled; no secret is in the answer. Null where nobody waited for the answer any more when the provider had its turn for it.</summary>
    public async ValueTask<MeasurementAnswer?> AskAsync(OpenQuestion question, CancellationToken cancellationToken)
    {
        var slot = question.Due.Slot;
        if (await MeasureAsync(question, cancellationToken) is not var (measurement, metadata, mask)) return null;
        return new MeasurementAnswer(slot, Masked(measurement, mask), Masked(metadata, mask), clock.Now);
    }

    private async ValueTask<(Measurement Measurement, ImmutableSortedDictionary<string, string> Metadata, SecretMask Mask)?> MeasureAsync(
        OpenQuestion question, CancellationToken cancellationToken)
    {
        var started = clock.Now;
        var mask = SecretMask.None;
        try
        {
            var (secrets, missing) = await SecretsAsync(question, cancellationToken);
            mask = SecretMask.Of(secrets.Values);
            if (missing.Length > 0) return (Broken(question, missing, started), Nothing, mask);
            if (!RunPlan.TryResolve(question.Run.Spec, question.Metric, secrets, out var metric, out var problem)) return (Broken(question, problem, started), Nothing, mask);
            using var turn = await turns.TakeAsync(AddressOf(metric.Provider), cancellationToken);
            // Turns are scarce where a backend is slow: those who waited through an outage must not hold up runs that still want to know.
            if (!questions.IsOpen(new ResourceKey(question.Run.Namespace, question.Run.Name), question)) return null;
            started = clock.Now;
            return metric.Provider switch
            {
                ProviderSpec.Prometheus(var query) => Add(await WithinAsync(
                    query.Connection.Timeout + Grace, token => prometheus.MeasureAsync(query, metric.Conditions, started, token), question, started, cancellationToken), mask),
                ProviderSpec.Compare(var compare) => (await CompareAsync(question, compare, cancellationToken), Nothing, mask),
                _ => (Broken(question, "the metric's provider can't be read", started), Nothing, mask),
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Threw(logger, new ResourceKey(question.Run.Namespace, question.Run.Name), question.Due.Slot.Metric, exception.GetType().Name);
            return (Broken(question, exception.Message, started), Nothing, mask);
        }
    }

    private static Uri? AddressOf(ProviderSpec provider) => provider switch
    {
        ProviderSpec.Prometheus(var query) => query.Connection.Address,
        ProviderSpec.Compare(var compare) => compare.Connection.Address,
        _ => null,
    };

    private async ValueTask<Measurement> CompareAsync(OpenQuestion question, CompareSpec spec, CancellationToken cancellationToken)
    {
        var run = question.Run;
        var key = new ResourceKey(run.Namespace, run.Name);
        var previous = Previous(question);
        var split = store.Split(key);
        var request = new MeasurementRequest
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
        var (measurement, _) = await WithinAsync(
            ComparisonLimit, async token => (await comparison.MeasureAsync(spec, request, token), Nothing), question, request.Now, cancellationToken);
        var anew = chain.Anew(question);
        return anew.Length == 0 ? measurement : measurement with { Message = measurement.Message.Length == 0 ? anew : $"{anew}; {measurement.Message}" };
    }

    // Whoever looks on through several steps sees the weight change under it.
    private static ImmutableDictionary<string, string> Arguments(AnalysisRun run, TrafficSplit split)
    {
        var given = run.Spec.Args.Where(argument => argument.Value is not null).ToImmutableDictionary(argument => argument.Name, argument => argument.Value!);
        return run.Purpose == RunPurpose.Release && split.CanaryWeight is { } weight && given.ContainsKey(CanaryWeight)
            ? given.SetItem(CanaryWeight, weight.ToString(CultureInfo.InvariantCulture)) : given;
    }

    private async ValueTask<(Measurement Measurement, ImmutableSortedDictionary<string, string> Metadata)> WithinAsync(
        TimeSpan limit,
        Func<CancellationToken, ValueTask<(Measurement Measurement, ImmutableSortedDictionary<string, string> Metadata)>> ask,
        OpenQuestion question,
        DateTimeOffset started,
        CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await ask(both.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (Broken(question, string.Create(CultureInfo.InvariantCulture, $"the provider gave no answer within {GoDuration.Format(limit)}"), started), Nothing);
        }
    }

    /// <summary>
    /// What is left where the provider could not be asked: an Error; for a measurement that runs, the same measurement, to be looked at again.
    /// </summary>
    private Measurement Broken(OpenQuestion question, string cause, DateTimeOffset started)
    {
        var now = clock.Now;
        if (Previous(question) is not { } previous) return new Measurement { Phase = AnalysisPhase.Error, Message = cause, StartedAt = started, FinishedAt = now };
        return question.Due.Slot.Kind == MeasurementKind.Terminate
            ? previous with { Phase = AnalysisPhase.Inconclusive, Message = cause, FinishedAt = now, ResumeAt = null }
            : previous with { Message = cause, Value = Unanswered(previous.Value), ResumeAt = now + Pause };
    }

    // A comparison keeps what it counted; why its last look shows nothing is said where a look without an answer says it.
    private static string? Unanswered(string? value)
    {
        if (string.IsNullOrEmpty(value)) return value;
        try
        {
            if (JsonNode.Parse(value) is not JsonObject verdict || !verdict.ContainsKey("verdict")) return value;
            verdict["reason"] = nameof(VerdictReason.QueryError);
            return verdict.ToJsonString();
        }
        catch (JsonException)
        {
            return value;
        }
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

    private static (Measurement Measurement, ImmutableSortedDictionary<string, string> Metadata, SecretMask Mask) Add(
        (Measurement Measurement, ImmutableSortedDictionary<string, string> Metadata) answer, SecretMask mask) => (answer.Measurement, answer.Metadata, mask);

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
}
