using System.Globalization;
using System.Net;
using System.Text.Json;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>Makes <see cref="ResourceException"/>s of what the API server and the network do.</summary>
internal static class ApiFailure
{
    private const int LongestBodyInMessage = 300;

    /// <summary>Of an answer that isn't a success; reads a <c>Status</c> object where there is one.</summary>
    public static ResourceException From(HttpResponseMessage response, string body, DateTimeOffset now)
    {
        var retryAfter = RetryAfter(response, now);
        try
        {
            using var document = JsonDocument.Parse(body, ResourceJson.Reading);
            if (ResourceJson.Text(document.RootElement, "kind") == "Status")
                return From(document.RootElement, response.StatusCode, retryAfter);
        }
        catch (JsonException)
        {
            // Proxies, and the server for unknown paths, answer in plain text: the body itself is the message then.
        }

        var text = body.Length == 0 ? response.ReasonPhrase ?? "no reason given" : body.Trim();
        if (text.Length > LongestBodyInMessage)
            text = text[..LongestBodyInMessage] + "…";
        return new ResourceException(response.StatusCode, response.StatusCode.ToString(), $"{(int)response.StatusCode}: {text}", retryAfter);
    }

    /// <summary>Of a <c>Status</c> object, as watches send it.</summary>
    public static ResourceException From(JsonElement status, HttpStatusCode? code = null, TimeSpan? retryAfter = null)
    {
        if (code is null && status.TryGetProperty("code", out var number) && number.TryGetInt32(out var value))
            code = (HttpStatusCode)value;
        var reason = ResourceJson.Text(status, "reason");
        if (string.IsNullOrEmpty(reason))
            reason = code?.ToString() ?? ResourceException.BrokenAnswer;
        return new ResourceException(code, reason, ResourceJson.Text(status, "message") ?? reason, retryAfter);
    }

    public static ResourceException Unreachable(Uri? server, Exception cause) =>
        new(null, ResourceException.Unreachable, $"The API server {server?.GetLeftPart(UriPartial.Authority)} can't be reached: {Innermost(cause)}", cause: cause);

    public static ResourceException TooSlow(Uri? server, TimeSpan limit) =>
        new(null, ResourceException.NoAnswerInTime,
            string.Create(CultureInfo.InvariantCulture, $"The API server {server?.GetLeftPart(UriPartial.Authority)} didn't answer within {limit.TotalSeconds:0.#} s"));

    public static ResourceException Broken(string what, Exception? cause) =>
        new(null, ResourceException.BrokenAnswer, $"The API server's answer is broken: {what}", cause: cause);

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;
        return exception.Message;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };
}
