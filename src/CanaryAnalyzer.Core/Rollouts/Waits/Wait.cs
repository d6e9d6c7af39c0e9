namespace CanaryAnalyzer.Core.Rollouts.Waits;

/// <summary>What a release waits for now.</summary>
/// <param name="Reason">The kind of thing, as the condition's reason.</param>
/// <param name="Sentence">The thing itself, named, to be read after "waiting for".</param>
public sealed record Wait(WaitReason Reason, string Sentence);
