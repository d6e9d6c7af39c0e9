using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using k8s.Authentication;
using k8s.Exceptions;

namespace CanaryAnalyzer.Kubernetes.Api;

/// <summary>
/// Sends requests over KubernetesClient's connections with its credentials. Where the server answers 429 or 503 with a Retry-After, it did nothing:
/// the request is sent again after that time, a few times.
/// </summary>
internal sealed class ApiTransport(HttpClient client, ServiceClientCredentials? credentials, Uri server, Version httpVersion, string userAgent, TimeProvider time)
{
    private const int MaxTries = 5;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer may take, from sending the request to the last byte.</summary>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The name in the server's certificate where the address has another one: .NET checks the name of the Host header. Null or empty where the address has it.</summary>
    public string? ServerName { get; init; }

    public TimeProvider Time => time;

    /// <summary>Sends a request and reads the whole answer.</summary>
    public async Task<T> SendAsync<T>(HttpMethod method, string url, ApiBody? body, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, time);
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan wait;
            using (var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken))
            {
                try
                {
                    return await TryAsync(method, url, body, read, both.Token);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    throw ApiFailure.TooSlow(server, TimeLimit);
                }
                catch (ResourceException failure) when (attempt < MaxTries && AsksToRetry(failure, out wait))
                {
                }
            }

            await Task.Delay(wait, time, cancellationToken);
            limit.CancelAfter(TimeLimit);
        }
    }

    /// <summary>Opens a stream; the caller disposes the answer.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string url, CancellationToken cancellationToken)
    {
        var response = await SendOnceAsync(HttpMethod.Get, url, null, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await ReadFailureAsync(response, cancellationToken);
    }

    /// <summary>Whether an exception is one that a connection throws when it breaks.</summary>
    public static bool IsBroken(Exception exception) => exception is HttpRequestException or IOException;

    public ResourceException Unreachable(Exception cause) => ApiFailure.Unreachable(server, cause);

    private static bool AsksToRetry(ResourceException failure, out TimeSpan wait)
    {
        wait = failure.RetryAfter ?? TimeSpan.Zero;
        return failure is { RetryAfter: not null, Status: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable } && wait <= LongestWait;
    }

    private async Task<T> TryAsync<T>(HttpMethod method, string url, ApiBody? body, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var response = await SendOnceAsync(method, url, body, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw await ReadFailureAsync(response, cancellationToken);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var document = await JsonDocument.ParseAsync(stream, ResourceJson.Reading, cancellationToken);
            return read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException || IsBroken(exception))
        {
            throw ApiFailure.Broken(exception.Message, exception);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, string url, ApiBody? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(server, url)) { Version = httpVersion };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        if (!string.IsNullOrEmpty(ServerName))
            request.Headers.Host = ServerName;
        if (body is not null)
            request.Content = body.ToContent();
        try
        {
            if (credentials is not null)
                await credentials.ProcessHttpRequestAsync(request, cancellationToken);
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception exception) when (IsBroken(exception) || exception is KubeConfigException)
        {
            // The latter: an exec plugin that gives no token, which may give one at the next try.
            throw Unreachable(exception);
        }
    }

    private async Task<ResourceException> ReadFailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = "";
        try
        {
            text = await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            // The status alone has to do.
        }

        return ApiFailure.From(response, text, time.GetUtcNow());
    }
}
