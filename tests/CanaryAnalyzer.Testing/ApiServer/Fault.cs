using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.Testing.ApiServer;

/// <summary>What the server does instead of, or before, answering a request.</summary>
public sealed class Fault
{
    private readonly Func<HttpContext, Task<bool>> _act;

    private Fault(Func<HttpContext, Task<bool>> act) => _act = act;

    /// <summary>Answers with a failure.</summary>
    public static Fault Answer(int code, string reason, TimeSpan? retryAfter = null) => new(async context =>
    {
        context.Response.StatusCode = code;
        if (retryAfter is { } wait)
            context.Response.Headers.RetryAfter = wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        await InProcessApiServer.WriteAsync(context, new ApiErrorException(code, reason, $"injected {reason}").ToStatus());
        return true;
    });

    /// <summary>Answers with this text, whatever it is, and a 200.</summary>
    public static Fault Text(string text) => new(async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(text);
        return true;
    });

    /// <summary>Begins an answer and breaks the connection.</summary>
    public static Fault Cut(string beginning) => new(async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(beginning);
        await context.Response.Body.FlushAsync();
        context.Abort();
        return true;
    });

    /// <summary>Doesn't answer before <paramref name="release"/> completes or the client gives up.</summary>
    public static Fault Hold(Task release, TaskCompletionSource? arrived = null) => new(async context =>
    {
        arrived?.TrySetResult();
        await release.WaitAsync(context.RequestAborted);
        return false;
    });

    /// <summary>Does something first, for example another client's write, and then answers as usual.</summary>
    public static Fault First(Action action) => new(_ =>
    {
        action();
        return Task.FromResult(false);
    });

    /// <summary>Acts; whether the request has been answered by that.</summary>
    internal Task<bool> ActAsync(HttpContext context) => _act(context);
}
