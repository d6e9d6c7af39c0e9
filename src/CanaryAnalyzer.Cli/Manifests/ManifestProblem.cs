namespace CanaryAnalyzer.Cli.Manifests;

/// <summary>A file that can't be read, or not to its end.</summary>
/// <param name="File">The file.</param>
/// <param name="Mark">The place; the first character where the whole file is meant.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record ManifestProblem(string File, Mark Mark, string Message);
