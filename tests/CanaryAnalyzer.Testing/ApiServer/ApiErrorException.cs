using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Testing.ApiServer;

/// <summary>An answer of the API that is a failure.</summary>
public sealed class ApiErrorException(int code, string reason, string message) : Exception(message)
{
    public int Code => code;

    public JsonObject ToStatus() => new()
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = Message,
        ["reason"] = reason,
        ["code"] = code,
    };

    public static ApiErrorException NotFound(ApiRequest request) => new(404, "NotFound", $"{request.QualifiedName} \"{request.Name}\" not found");

    public static ApiErrorException Expired() => new(410, "Expired", "too old resource version");

    public static ApiErrorException Conflict(ApiRequest request) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {request.QualifiedName} \"{request.Name}\": the object has been modified");
}
