using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Json;
using CanaryAnalyzer.LocalCluster.Objects;

namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>Answers who a token is and whether something is allowed: here the one token is, and everything is.</summary>
internal sealed class ReviewRequests(ServerIdentity identity)
{
    public const string UserName = "canaryanalyzer-local";

    public async Task AnswerAsync(ApiCall call)
    {
        var review = await call.BodyObjectAsync();
        review["kind"] = call.Kind.Kind;
        review["apiVersion"] = call.Kind.ApiVersion;
        review["status"] = call.Kind.Kind switch
        {
            "TokenReview" => Token(review.TextAt("spec", "token")),
            "SelfSubjectReview" => new JsonObject { ["userInfo"] = User() },
            "SelfSubjectRulesReview" => Rules(),
            "SubjectAccessReview" or "SelfSubjectAccessReview" or "LocalSubjectAccessReview" =>
                new JsonObject { ["allowed"] = true, ["reason"] = "the local cluster allows everything" },
            _ => throw ApiException.MethodNotAllowed(),
        };
        await Answers.JsonAsync(call.Http, review, 201);
    }

    private JsonObject Token(string? token) => token == identity.Token
        ? new JsonObject { ["authenticated"] = true, ["user"] = User() }
        : new JsonObject { ["authenticated"] = false, ["error"] = "the token is not known" };

    private static JsonObject User() => new() { ["username"] = UserName, ["uid"] = UserName, ["groups"] = new JsonArray("system:masters", "system:authenticated") };

    private static JsonObject Rules() => new()
    {
        ["resourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*") }),
        ["nonResourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["nonResourceURLs"] = new JsonArray("*") }),
        ["incomplete"] = false,
    };
}
