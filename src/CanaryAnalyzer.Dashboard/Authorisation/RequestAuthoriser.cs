using System.Net;
using CanaryAnalyzer.Kubernetes.Api;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.Dashboard.Authorisation;

/// <summary>Lets those in whom the cluster lets read AnalysisRuns.</summary>
internal sealed class RequestAuthoriser(AccessReviews reviews, DashboardOptions options)
{
    private const string Scheme = "Bearer ";

    /// <summary>The answer to somebody who may not read a namespace's AnalysisRuns; null for one who may.</summary>
    public async Task<IResult?> RefuseAsync(HttpContext http, string inNamespace)
    {
        http.Response.Headers.CacheControl = "no-store";
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header[Scheme.Length..].Trim() is not { Length: > 0 } token)
        {
            if (options.AllowsAnonymous && http.Connection.LocalIpAddress is { } local && IPAddress.IsLoopback(local)) return null;
            return Unauthorised(http, "Send a token of this cluster as Authorization: Bearer TOKEN, such as kubectl create token NAME gives");
        }

        try
        {
            return await reviews.AskAsync(token, inNamespace, http.RequestAborted) switch
            {
                null => TooMany(http),
                { User: null } => Unauthorised(http, "The cluster does not know this token, or it has expired"),
                { IsAllowed: false } access => Answers.Problem(StatusCodes.Status403Forbidden, "Forbidden", $"{access.User} may not get analysisruns.argoproj.io in namespace {inNamespace}"),
                _ => null,
            };
        }
        catch (ResourceException)
        {
            return Answers.Problem(StatusCodes.Status503ServiceUnavailable, "Unavailable", "The API server could not be asked who you are and what you may read; try again");
        }
    }

    private static IResult Unauthorised(HttpContext http, string message)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Answers.Problem(StatusCodes.Status401Unauthorized, "Unauthorized", message);
    }

    private static IResult TooMany(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return Answers.Problem(StatusCodes.Status429TooManyRequests, "TooManyRequests", "Too many ask at once who they are; try again in a second");
    }
}
