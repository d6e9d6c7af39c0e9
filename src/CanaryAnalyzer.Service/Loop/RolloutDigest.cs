using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>All of a Rollout that a reconcile of it may depend on, as a hash: without its version, and without what its status shows of the last look, which no decision reads.</summary>
/// <param name="Hash">The hash.</param>
internal sealed record RolloutDigest(string Hash)
{
    private static readonly string[] ShownOfGate = ["look", "evidence", "threshold", "earliest", "verdict"];
    private static readonly string[] ShownOfRun = ["message"];

    /// <summary>The digest of a Rollout.</summary>
    public static RolloutDigest Of(JsonObject rollout)
    {
        var text = new ArrayBufferWriter<byte>(8192);
        using (var json = new Utf8JsonWriter(text)) Write(json, rollout, "");
        return new RolloutDigest(Convert.ToHexString(SHA256.HashData(text.WrittenSpan)));
    }

    private static void Write(Utf8JsonWriter json, JsonObject node, string path)
    {
        json.WriteStartObject();
        foreach (var (name, value) in node)
        {
            if (Omits(path, name)) continue;
            json.WritePropertyName(name);
            if (value is JsonObject inner && IsOnTheWay(path, name)) Write(json, inner, $"{path}/{name}");
            else if (value is null) json.WriteNullValue();
            else value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static bool Omits(string path, string name) => path switch
    {
        // A list has both for all of its objects, and a watch for each.
        "" => name is "apiVersion" or "kind",
        "/metadata" => name == "resourceVersion",
        "/status/canaryAnalyzer" => ShownOfGate.Contains(name),
        "/status/canary/currentStepAnalysisRunStatus" or "/status/canary/currentBackgroundAnalysisRunStatus" or "/status/canary/release/analysisRun" => ShownOfRun.Contains(name),
        _ => false,
    };

    private static bool IsOnTheWay(string path, string name) => (path, name) is ("", "metadata" or "status") or ("/status", "canaryAnalyzer" or "canary")
        or ("/status/canary", "currentStepAnalysisRunStatus" or "currentBackgroundAnalysisRunStatus" or "release") or ("/status/canary/release", "analysisRun");
}
