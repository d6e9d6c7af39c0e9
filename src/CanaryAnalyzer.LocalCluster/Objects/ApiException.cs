using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;

namespace CanaryAnalyzer.LocalCluster.Objects;

/// <summary>A request that the server refuses, as the <c>metav1.Status</c> that goes back.</summary>
internal sealed class ApiException(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code => code;

    public static ApiException NotFound(ResourceKind kind, string name) =>
        new(404, "NotFound", $"{kind.Resource} \"{name}\" not found", Details(kind, name));

    public static ApiException NoSuchPath() => new(404, "NotFound", "the server could not find the requested resource", []);

    public static ApiException AlreadyExists(ResourceKind kind, string name) =>
        new(409, "AlreadyExists", $"{kind.Resource} \"{name}\" already exists", Details(kind, name));

    public static ApiException Modified(ResourceKind kind, string name) => Conflict(kind, name,
        "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiException Conflict(ResourceKind kind, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {kind.Resource} \"{name}\": {why}", Details(kind, name));

    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiException MethodNotAllowed() => new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static ApiException UnsupportedMediaType(string type) =>
        new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types do not include {type}");

    public static ApiException Expired(long oldest) =>
        new(410, "Expired", $"too old resource version: the history begins after {oldest}");

    public static ApiException Invalid(ResourceKind kind, string name, IReadOnlyList<FieldProblem> problems)
    {
        var details = Details(kind, name);
        details["kind"] = kind.Kind;
        details["causes"] = new JsonArray([.. problems.Select(p => new JsonObject { ["reason"] = p.Reason, ["message"] = p.Message, ["field"] = p.Field })]);
        var all = problems.Count == 1 ? problems[0].ToString() : $"[{string.Join(", ", problems)}]";
        var full = kind.Group.Length == 0 ? kind.Kind : $"{kind.Kind}.{kind.Group}";
        return new ApiException(422, "Invalid", $"{full} \"{name}\" is invalid: {all}", details);
    }

    public JsonObject ToStatus()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Failure",
            ["message"] = Message, ["reason"] = reason,
        };
        if (details is { Count: > 0 })
            status["details"] = details.DeepClone();
        status["code"] = code;
        return status;
    }

    private static JsonObject Details(ResourceKind kind, string name)
    {
        var details = new JsonObject { ["name"] = name };
        if (kind.Group.Length > 0)
            details["group"] = kind.Group;
        details["kind"] = kind.Plural;
        return details;
    }
}
