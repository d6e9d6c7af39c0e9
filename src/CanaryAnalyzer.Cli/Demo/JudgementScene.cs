namespace CanaryAnalyzer.Cli.Demo;

/// <summary>One judged pause: the AnalysisRun's phase and what the judge says now.</summary>
internal sealed record JudgementScene(string Run, string Hash, string Phase, string Sentence);
