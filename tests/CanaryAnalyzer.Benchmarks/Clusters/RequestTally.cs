namespace CanaryAnalyzer.Benchmarks.Clusters;

/// <summary>How often the API server was asked what: "patch rollouts/status", "create events"; a dry run says so. Leases are left out.</summary>
internal sealed class RequestTally
{
    private static readonly string[] Writing = ["create", "update", "patch", "delete", "deletecollection"];
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public int Total => counts.Values.Sum();

    /// <summary>Those that change something; a dry run is none.</summary>
    public int Writes => counts.Where(entry => Writing.Contains(entry.Key.Split(' ')[0], StringComparer.Ordinal)).Sum(entry => entry.Value);

    /// <summary>What was asked most first.</summary>
    public IEnumerable<(string What, int Count)> Entries => counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value));

    public void Add(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;
}
