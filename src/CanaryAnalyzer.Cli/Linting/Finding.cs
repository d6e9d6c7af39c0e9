using CanaryAnalyzer.Cli.Manifests;

namespace CanaryAnalyzer.Cli.Linting;

/// <summary>Something wrong or doubtful in a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Mark">The place.</param>
/// <param name="IsWarning">Whether it works all the same.</param>
/// <param name="Subject">Kind and name of the object; empty where it is about the file.</param>
/// <param name="Path">The field's path; empty where it is about the whole object.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
internal sealed record Finding(string File, Mark Mark, bool IsWarning, string Subject, string Path, string Message)
{
    public static Finding Of(ManifestProblem problem) => new(problem.File, problem.Mark, false, "", "", problem.Message);

    public static Finding Of(Manifest manifest, string path, string message, bool isWarning = false) =>
        new(manifest.File, manifest.Marks.Of(path), isWarning, Kinds.Subject(manifest.Resource), path, message);
}
