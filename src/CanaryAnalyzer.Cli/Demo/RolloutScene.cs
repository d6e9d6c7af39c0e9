namespace CanaryAnalyzer.Cli.Demo;

/// <summary>What the cluster shows of the Rollout at one moment.</summary>
internal sealed record RolloutScene
{
    public static readonly RolloutScene Empty = new();

    public string Phase { get; init; } = "";

    public string Message { get; init; } = "";

    public string Step { get; init; } = "";

    /// <summary>By Service, as the HTTPRoute has it.</summary>
    public IReadOnlyDictionary<string, long> Weights { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    public string CurrentHash { get; init; } = "";

    public string StableHash { get; init; } = "";

    public IReadOnlyList<VersionScene> Versions { get; init; } = [];

    /// <summary>The judged pauses, oldest first.</summary>
    public IReadOnlyList<JudgementScene> Judgements { get; init; } = [];

    public string StableImage => Versions.FirstOrDefault(v => v.Hash == StableHash)?.Image ?? "";

    public string CurrentImage => Versions.FirstOrDefault(v => v.Hash == CurrentHash)?.Image ?? "";

    public JudgementScene? Judgement => Judgements.LastOrDefault(j => j.Hash == CurrentHash);
}
