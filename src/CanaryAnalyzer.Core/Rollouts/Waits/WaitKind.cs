namespace CanaryAnalyzer.Core.Rollouts.Waits;

/// <summary>A kind of thing that a release can wait for, as the documents list it.</summary>
/// <param name="Reason">The reason of the condition Waiting.</param>
/// <param name="For">Whom or what it waits for, in a word.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="End">What ends it.</param>
/// <param name="IsTold">Whether it has no event of its own, so that one is emitted once it has lasted.</param>
public sealed record WaitKind(WaitReason Reason, string For, string Meaning, string End, bool IsTold = false);
