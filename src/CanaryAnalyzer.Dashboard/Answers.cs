using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Values;
using Microsoft.AspNetCore.Http;

namespace CanaryAnalyzer.Dashboard;

/// <summary>Answers of the API.</summary>
internal static class Answers
{
    // No answer is ever put into a page.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON, not to be kept by anybody on the way.</summary>
    public static IResult Json(int status, JsonObject body) => Results.Text(body.ToJsonString(Readable), "application/json", statusCode: status);

    /// <summary>Why there is nothing else: a reason in one word, and a sentence.</summary>
    public static IResult Problem(int status, string reason, string message, DateTimeOffset? nextLookAt = null)
    {
        var body = new JsonObject { ["reason"] = reason, ["message"] = message };
        if (nextLookAt is { } at) body["nextLookAt"] = KubernetesTime.Format(at);
        return Json(status, body);
    }
}
