using System.Net;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.Dashboard.Authorisation;

/// <summary>Lets those in whom the cluster lets read AnalysisRuns: the API server says whose a token is, and what its owner may do.</summary>
internal sealed class RequestAuthoriser(IResourceClient client, DashboardOptions options)
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
            if (await UserAsync(token, http.RequestAborted) is not { } user) return Unauthorised(http, "The cluster does not know this token, or it has expired");
            return await MayReadAsync(user, inNamespace, http.RequestAborted)
                ? null
                : Answers.Problem(StatusCodes.Status403Forbidden, "Forbidden", $"{user["username"]} may not get analysisruns.argoproj.io in namespace {inNamespace}");
        }
        catch (ResourceException)
        {
            return Answers.Problem(StatusCodes.Status503ServiceUnavailable, "Unavailable", "The API server could not be asked who you are and what you may read; try again");
        }
    }

    private async Task<JsonObject?> UserAsync(string token, CancellationToken cancellationToken)
    {
        var review = Review(ResourceType.TokenReviews, new JsonObject { ["token"] = token });
        var status = (await client.CreateAsync(ResourceType.TokenReviews, null, review, dryRun: false, cancellationToken))["status"];
        return IsTrue(status, "authenticated") && status!["user"] is JsonObject user ? user : null;
    }

    private async Task<bool> MayReadAsync(JsonObject user, string inNamespace, CancellationToken cancellationToken)
    {
        var spec = new JsonObject
        {
            ["resourceAttributes"] = new JsonObject { ["namespace"] = inNamespace, ["verb"] = "get", ["group"] = ResourceType.AnalysisRuns.Group, ["resource"] = ResourceType.AnalysisRuns.Plural },
        };
        foreach (var (from, to) in ((string, string)[])[("username", "user"), ("groups", "groups"), ("uid", "uid"), ("extra", "extra")])
        {
            if (user[from] is { } value) spec[to] = value.DeepClone();
        }

        var review = Review(ResourceType.SubjectAccessReviews, spec);
        var status = (await client.CreateAsync(ResourceType.SubjectAccessReviews, null, review, dryRun: false, cancellationToken))["status"];
        return IsTrue(status, "allowed") && !IsTrue(status, "denied");
    }

    private static JsonObject Review(ResourceType type, JsonObject spec) => new() { ["apiVersion"] = $"{type.Group}/{type.Version}", ["kind"] = type.Kind, ["spec"] = spec };

    private static bool IsTrue(JsonNode? status, string field) => status is JsonObject map && map[field] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    private static IResult Unauthorised(HttpContext http, string message)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Answers.Problem(StatusCodes.Status401Unauthorized, "Unauthorized", message);
    }
}
