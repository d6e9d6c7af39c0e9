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

    private const string Truncated = "results truncated due to limit";

    public ValueTask<PrometheusReply> QueryAsync(PrometheusConnection connection, string query, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["query"] = query,
            ["time"] = Seconds(at),
            ["timeout"] = Limit(connection),
            ["limit"] = SeriesLimit,
        };
        return AskAsync(connection, (api, token) => api.QueryAsync(form, token), cancellationToken);
    }

    public ValueTask<PrometheusReply> QueryRangeAsync(
        PrometheusConnection connection, string query, DateTimeOffset start, DateTimeOffset end, TimeSpan step, CancellationToken cancellationToken)
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
        return AskAsync(connection, (api, token) => api.QueryRangeAsync(form, token), cancellationToken);
    }

    private async ValueTask<PrometheusReply> AskAsync(
        PrometheusConnection connection, Func<IPrometheusApi, CancellationToken, Task<HttpResponseMessage>> ask, CancellationToken cancellationToken)
    {
        if ((connection.Address ?? defaults.Address) is not { } address)
            return new PrometheusReply.Failed("No Prometheus is named: write address, or start the controller with --prometheus", ReplyFailure.Lasting);
        using var limit = new CancellationTokenSource(connection.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var lease = clients.Rent(connection, address);
            using var response = await ask(lease.Api, either.Token);
            return await ReadAsync(address, response, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new PrometheusReply.Failed(FailureText.OfTimeout(address, connection.Timeout), ReplyFailure.Passing);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or ApiException or ApiRequestException)
        {
            return new PrometheusReply.Failed(FailureText.OfTransport(address, failure), ReplyFailure.Passing);
        }
    }

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
            if (answer is null) return new PrometheusReply.Failed($"{FailureText.Place(address)} refused the query ({error})", KindOf(response));
        }
        catch (JsonException)
        {
            if (response.IsSuccessStatusCode) return new PrometheusReply.Failed(FailureText.OfGarbage(address, response, body.Bytes), ReplyFailure.Lasting);
        }

        return new PrometheusReply.Failed(FailureText.OfStatus(address, response, body.Bytes), KindOf(response));
    }

    private static ReplyFailure KindOf(HttpResponseMessage response) =>
        (int)response.StatusCode is 408 or 429 or >= 500 ? ReplyFailure.Passing : ReplyFailure.Lasting;

    private static string SeriesLimit => MostSeries.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() / 1000m).ToString("0.###", CultureInfo.InvariantCulture);

    private static string Limit(PrometheusConnection connection) => connection.Timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + "s";
}
