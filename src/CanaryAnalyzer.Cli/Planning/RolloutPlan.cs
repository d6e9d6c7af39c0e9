namespace CanaryAnalyzer.Cli.Planning;

/// <summary>The steps and gates of a Rollout.</summary>
/// <param name="Rollout">Its name.</param>
/// <param name="Gates">The steps.</param>
/// <param name="Notes">What keeps the gates from being what they should be.</param>
internal sealed record RolloutPlan(string Rollout, IReadOnlyList<Gate> Gates, IReadOnlyList<string> Notes);
