namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>The names that the API server gives to a ReplicaSet's pods.</summary>
public static class PodNames
{
    // The server generates names of at most 63 characters: what stands before the five random ones is cut to 58.
    private const int LongestPrefix = 58;

    /// <summary>A regular expression that matches the names of a ReplicaSet's pods and of no other's.</summary>
    /// <param name="replicaSet">The ReplicaSet's name.</param>
    public static string Pattern(string replicaSet)
    {
        var prefix = replicaSet + "-";
        if (prefix.Length > LongestPrefix) prefix = prefix[..LongestPrefix];
        return prefix.Replace(".", "[.]", StringComparison.Ordinal) + "[a-z0-9]{5}";
    }
}
