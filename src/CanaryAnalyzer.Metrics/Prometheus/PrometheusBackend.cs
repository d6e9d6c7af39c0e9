using System.Globalization;
using System.Text.Json;
using CanaryAnalyzer.Core.Templates.Providers;
using Refit;

namespace CanaryAnalyzer.Metrics.Prometheus;

/// <summary>Asks a Prometheus and turns whatever happens into a reply.</summary>
internal sealed class PrometheusBackend(PrometheusClients clients, PrometheusDefaults defaults, TimeProvider time)
{
    /// <summary>The largest answer that is read, in bytes.</summary>
    public const int LargestAnswer = 10_000_000;

    /// <summary>The most series that are asked for; Prometheus 3 cuts the answer there, so that one of millions is not even written.</summary>
    public const int MostSeries = 50_000;

    private static readonly string[] Limits = ["too many samples", "maximum number of", "exceeds the limit", "exceeded maximum resolution", "cannot select more than"];

    // A server that says 0 is not asked in a tight loop, and one that says an hour, as doors do in maintenance, not left unseen for it.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private const string Truncated = "results truncated due to limit";

    /// <summary>Asks at one instant, and takes no answer in part.</summary>
    public ValueTask<PrometheusReply> QueryAsync(PrometheusConnection connection, string query, DateTimeOffset at, CancellationToken cancellationToken) =>
        QueryAsync(connection, query, at, mustBeWhole: true, cancellationToken);

    /// <summary>Asks at one instant.</summary>
    /// <param name="connection">Whom.</param>
    /// <param name="query">What.</param>
    /// <param name="at">When.</param>
    /// <param name="mustBeWhole">Whether an answer is none where a part of a distributed store could not be asked, and no value is an older one's repetition: a side's missing pods would look like fewer requests.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public ValueTask<PrometheusReply> QueryAsync(PrometheusConnection connection, string query, DateTimeOffset at, bool mustBeWhole, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["query"] = query,
            ["time"] = Seconds(at),
            ["timeout"] = Limit(connection),
            ["limit"] = SeriesLimit,
        };
        return AskAsync(connection, new PromQuery(form, IsRange: false), mustBeWhole, cancellationToken);
    }

    /// <summary>Asks at the steps of a range, both ends included; else as at one instant.</summary>
    public ValueTask<PrometheusReply> QueryRangeAsync(
        PrometheusConnection connection, string query, DateTimeOffset start, DateTimeOffset end, TimeSpan step, bool mustBeWhole, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["query"] = query,
            ["start"] = Seconds(start),
            ["end"] = Seconds(end),
            ["step"] = step.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture),
            ["timeout"] = Limit(connection),
            ["limit"] = SeriesLimit,
        };
        return AskAsync(connection, new PromQuery(form, IsRange: true), mustBeWhole, cancellationToken);
    }

    private async ValueTask<PrometheusReply> AskAsync(PrometheusConnection connection, PromQuery query, bool mustBeWhole, CancellationToken cancellationToken)
    {
        if (mustBeWhole) AskForAll(query.Form);
        if ((connection.Address ?? defaults.Address) is not { } address)
            return new PrometheusReply.Failed("No Prometheus is named: write address, or start the controller with --prometheus", ReplyFailure.Lasting);
        var until = time.GetUtcNow() + connection.Timeout;
        using var limit = new CancellationTokenSource(connection.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var lease = clients.Rent(connection, address);
            var reply = await PatientlyAsync(lease, address, query, until, either.Token);
            return mustBeWhole && reply is PrometheusReply.Answered { Answer.IsPartial: true } ? new PrometheusReply.Failed(FailureText.OfPart(address), ReplyFailure.Passing) : reply;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new PrometheusReply.Failed(FailureText.OfTimeout(address, connection.Timeout), ReplyFailure.Passing);
        }
        catch (UriFormatException)
        {
            return new PrometheusReply.Failed(FailureText.OfLength(address, ""), ReplyFailure.Lasting);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or ApiException or ApiRequestException)
        {
            return new PrometheusReply.Failed(FailureText.OfTransport(address, failure), ReplyFailure.Passing);
        }
    }

    /// <summary>Asks, and where the server wants to be left alone for a while (Retry-After), again after it, as far as the time limit reaches.</summary>
    private async Task<PrometheusReply> PatientlyAsync(PrometheusClients.Lease lease, Uri address, PromQuery query, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var refused = "";
        while (true)
        {
            var now = time.GetUtcNow();
            var wait = lease.Manners.NotBefore - now;
            if (lease.Manners.NotBefore >= until) return new PrometheusReply.Failed(FailureText.OfBusy(address, refused, wait), ReplyFailure.Passing) { RetryAt = lease.Manners.NotBefore };
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
            using var response = await query.SendAsync(lease.Api, lease.Manners, cancellationToken);
            if (RetryAfter(response, time.GetUtcNow()) is not { } retryAt) return await ReadAsync(address, response, cancellationToken);
            lease.Manners.NotBefore = retryAt;
            refused = FailureText.Status(response);
        }
    }

    /// <summary>When a server that has too much to do wants the next request; null where it answered otherwise.</summary>
    private static DateTimeOffset? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        if ((int)response.StatusCode is not (429 or 503) || response.Headers.RetryAfter is not { } header) return null;
        var wait = header.Delta ?? header.Date - now ?? TimeSpan.Zero;
        return now + (wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait);
    }

    /// <summary>
    /// Thanos (the first) and VictoriaMetrics have these; others ignore them. VictoriaMetrics repeats an older value in place of those of the last 30 seconds, and moves
    /// the instants of long ranges; what is asked for here is a scrape old, and its instants matter.
    /// </summary>
    private static void AskForAll(Dictionary<string, string> form) =>
        (form["partial_response"], form["deny_partial_response"], form["latency_offset"], form["nocache"]) = ("false", "1", "1ms", "1");

    private static async Task<PrometheusReply> ReadAsync(Uri address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var body = await AnswerBody.ReadAsync(response, LargestAnswer, cancellationToken);
        if (body is null) return new PrometheusReply.Failed(FailureText.OfSize(address, LargestAnswer), ReplyFailure.TooLarge);
        try
        {
            var (answer, error) = PrometheusAnswerReader.Read(body.Bytes);
            if (answer is not null && answer.Warnings.Contains(Truncated, StringComparer.Ordinal))
                return new PrometheusReply.Failed(FailureText.OfSeries(address, MostSeries), ReplyFailure.TooLarge);
            if (answer is not null && response.IsSuccessStatusCode) return new PrometheusReply.Answered(answer);
            if (answer is null) return new PrometheusReply.Failed($"{FailureText.Place(address)} refused the query ({error})", KindOf(response, error));
        }
        catch (JsonException)
        {
            if (response.IsSuccessStatusCode) return new PrometheusReply.Failed(FailureText.OfGarbage(address, response, body.Bytes), ReplyFailure.Lasting);
        }

        return new PrometheusReply.Failed(FailureText.OfStatus(address, response, body.Bytes), KindOf(response, ""));
    }

    /// <summary>Thanos says 422 of a store that is away, and all of them say it of a query that reads more than they allow.</summary>
    private static ReplyFailure KindOf(HttpResponseMessage response, string error) =>
        (int)response.StatusCode is 408 or 429 or >= 500 || error.Contains("rpc error", StringComparison.Ordinal) ? ReplyFailure.Passing
        : Limits.Any(limit => error.Contains(limit, StringComparison.Ordinal)) ? ReplyFailure.TooLarge
        : ReplyFailure.Lasting;

    private static string SeriesLimit => MostSeries.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Limit(PrometheusConnection connection) => connection.Timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + "s";
}
