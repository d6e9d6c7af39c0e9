using CanaryAnalyzer.Core.Rollouts.Observations;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Worlds;

/// <summary>A ReplicaSet with its pods.</summary>
internal sealed class WorldVersion(string template, string hash, int revision, DateTimeOffset createdAt)
{
    public string Template { get; } = template;

    public string Hash { get; } = hash;

    public string Name => $"{RolloutWorld.Name}-{Hash}";

    public int Revision { get; set; } = revision;

    public string History { get; set; } = "";

    /// <summary>What became of its last release, as JSON; empty before any.</summary>
    public string Record { get; set; } = "";

    /// <summary>Whether no Rollout owns it.</summary>
    public bool IsOrphan { get; set; }

    /// <summary>Whether its labels match the Rollout's selector.</summary>
    public bool IsSelected { get; set; } = true;

    public int Desired { get; private set; }

    /// <summary>Why it cannot make pods; empty where it can.</summary>
    public string Failure { get; set; } = "";

    /// <summary>Whether its pods never end.</summary>
    public bool KeepsPods { get; set; }

    public int MinReadySeconds { get; set; }

    public int? RolloutReplicas { get; set; }

    public DateTimeOffset? Deadline { get; set; }

    public List<WorldPod> Pods { get; } = [];

    public int Available(DateTimeOffset now) => Pods.Count(p => p.IsAvailable(now));

    /// <summary>Makes pods, or takes away the unavailable and then the newest ones.</summary>
    public void Scale(int replicas, DateTimeOffset now, TimeSpan? availableAfter)
    {
        Desired = replicas;
        while (Pods.Count < replicas && Failure.Length == 0) Pods.Add(new WorldPod(now, availableAfter is { } after ? now + after : null));
        while (Pods.Count > replicas && !KeepsPods)
            Pods.Remove(Pods.OrderBy(p => p.IsAvailable(now)).ThenByDescending(p => p.CreatedAt).First());
    }

    /// <summary>Makes pods unavailable for good, or those that are unavailable available now.</summary>
    public void Change(int pods, bool isAvailable, DateTimeOffset now)
    {
        foreach (var pod in Pods.Where(p => p.IsAvailable(now) != isAvailable).Take(pods).ToList())
            Pods[Pods.IndexOf(pod)] = pod with { AvailableAt = isAvailable ? now : null };
    }

    public ReplicaSetObservation Observe(string wantedTemplate, DateTimeOffset now) => new()
    {
        Name = Name,
        Hash = Hash,
        Revision = Revision,
        RevisionHistory = History,
        CreatedAt = createdAt,
        IsWanted = Template == wantedTemplate,
        Desired = Desired,
        Created = Pods.Count,
        Ready = Available(now),
        Available = Available(now),
        MinReadySeconds = MinReadySeconds,
        RolloutReplicas = RolloutReplicas,
        ScaleDownDeadline = Deadline,
        Failure = Failure,
        Images = [$"web:{Template}"],
    };
}
