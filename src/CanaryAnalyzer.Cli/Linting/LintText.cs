using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Rendering;

namespace CanaryAnalyzer.Cli.Linting;

/// <summary>Findings as compilers write them, and as JSON.</summary>
internal static class LintText
{
    public static string Of(IReadOnlyList<Finding> findings, int resources, Palette palette)
    {
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            var kind = finding.IsWarning ? palette.Paint("warning", Icons.Waiting) : palette.Paint("error", Icons.Bad);
            text.Append(CultureInfo.InvariantCulture, $"{finding.File}:{finding.Mark.Line}:{finding.Mark.Column}: ").Append(kind.Written).Append(": ");
            if (finding.Subject.Length > 0)
                text.Append(finding.Subject).Append(": ");
            text.Append(finding.Path).Append(finding.Path.Length > 0 ? " " : "").Append(finding.Message).Append('\n');
        }

        var errors = findings.Count(finding => !finding.IsWarning);
        var sign = palette.Paint(errors > 0 ? Icons.Bad : findings.Count > 0 ? Icons.Warning : Icons.Ok);
        return text.Append(sign.Written)
            .Append(CultureInfo.InvariantCulture, $" {Count(errors, "error")}, {Count(findings.Count - errors, "warning")} in {Count(resources, "resource")}\n").ToString();
    }

    public static JsonArray Json(IEnumerable<Finding> findings) =>
    [
        .. findings.Select(finding => new JsonObject
        {
            ["file"] = finding.File,
            ["line"] = finding.Mark.Line,
            ["column"] = finding.Mark.Column,
            ["severity"] = finding.IsWarning ? "warning" : "error",
            ["resource"] = finding.Subject,
            ["path"] = finding.Path,
            ["message"] = finding.Message,
        }),
    ];

    private static string Count(int number, string what) => string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
