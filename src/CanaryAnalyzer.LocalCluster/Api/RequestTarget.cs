namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>What a path names: a resource of a group version, perhaps of a namespace, perhaps one object, perhaps a part of it.</summary>
internal sealed record RequestTarget(string Group, string Version, string? Namespace, string Plural, string? Name, string Subresource)
{
    /// <summary>Null for a path that names no resource.</summary>
    public static RequestTarget? Parse(string path)
    {
        var steps = path.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        var rest = steps.AsSpan();
        string group, version;
        if (rest.Length >= 3 && rest[0] == "api")
        {
            (group, version) = ("", rest[1]);
            rest = rest[2..];
        }
        else if (rest.Length >= 4 && rest[0] == "apis")
        {
            (group, version) = (rest[1], rest[2]);
            rest = rest[3..];
        }
        else
        {
            return null;
        }

        string? @namespace = null;
        // "namespaces/x/status" is a part of the namespace itself, "namespaces/x/pods" is not.
        if (rest.Length >= 3 && rest[0] == "namespaces" && rest[2] is not ("status" or "finalize"))
        {
            @namespace = rest[1];
            rest = rest[2..];
        }

        return rest.Length > 3 ? null
            : new RequestTarget(group, version, @namespace, rest[0], rest.Length > 1 ? rest[1] : null, rest.Length > 2 ? rest[2] : "");
    }
}
