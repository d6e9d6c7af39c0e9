using System.Text.Json;
using System.Text.Json.Nodes;
using CanaryAnalyzer.LocalCluster.Discovery;
using CanaryAnalyzer.LocalCluster.Objects;

namespace CanaryAnalyzer.LocalCluster.Patching;

/// <summary>Chooses the kind of patch by the media type of the request.</summary>
internal static class Patcher
{
    public const string ApplyYaml = "application/apply-patch+yaml";

    /// <summary>The change that a patch asks for, on a copy of the object.</summary>
    /// <exception cref="ApiException">Unknown media type, or a body that is no patch of that kind.</exception>
    public static Func<JsonObject, JsonObject> Change(ResourceKind kind, string mediaType, string body)
    {
        JsonNode? patch;
        try
        {
            patch = JsonNode.Parse(body);
        }
        catch (JsonException e)
        {
            throw ApiException.BadRequest($"error decoding patch: {e.Message}");
        }

        Func<JsonObject, JsonObject> change = mediaType switch
        {
            "application/json-patch+json" => target => JsonPatch.Apply(target, patch),
            "application/merge-patch+json" => target => MergePatch.Apply(target, patch) as JsonObject ?? throw new PatchException("the patch leaves no object", malformed: true),
            "application/strategic-merge-patch+json" when !kind.IsCustom => target => StrategicMergePatch.Apply(target, patch),
            _ => throw ApiException.UnsupportedMediaType(mediaType),
        };
        return target => Guarded(kind, target, change);
    }

    private static JsonObject Guarded(ResourceKind kind, JsonObject target, Func<JsonObject, JsonObject> change)
    {
        try
        {
            return change(target);
        }
        catch (PatchException e) when (e.Malformed)
        {
            throw ApiException.BadRequest(e.Message);
        }
        catch (PatchException e)
        {
            throw new ApiException(422, "Invalid", $"the server rejected our request due to an error in our request: {kind.Resource}: {e.Message}");
        }
    }
}
