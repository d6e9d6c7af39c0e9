using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Testing.Streams;

namespace CanaryAnalyzer.Benchmarks;

/// <summary>How often streams of one to four stable pods are rolled back: harmless ones in clumps, and bad ones.</summary>
internal static class PodStreamTable
{
    private static readonly (string Name, double Clump, double Share, double Ratio)[] Rows =
    [
        ("harmless, clumps of 5, 10 to 90", 5, 0.1, 1),
        ("harmless, clumps of 20, 10 to 90", 20, 0.1, 1),
        ("harmless, clumps of 5, 50 to 50", 5, 0.5, 1),
        ("harmless, clumps of 20, 50 to 50", 20, 0.5, 1),
        ("2 times the errors, 10 to 90", 1, 0.1, 2),
        ("5 times the errors, 10 to 90", 1, 0.1, 5),
        ("5 times the errors, clumps of 5, 10 to 90", 5, 0.1, 5),
    ];

    /// <summary>Writes a Markdown table: streams rolled back, and for the bad ones the mean look.</summary>
    /// <param name="to">Receives it.</param>
    /// <param name="streams">Streams a cell.</param>
    public static void Write(TextWriter to, int streams)
    {
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| rolled back of {streams}, 60 looks of 30 s | version | 1 pod | 2 pods | 3 pods | 4 pods | with history: 1 pod | 2 pods | 3 pods | 4 pods |"));
        to.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var row in Rows)
        {
            foreach (var version in new[] { JudgeVersions.Seq2, JudgeVersions.Seq3 })
            {
                var cells = from history in new[] { false, true } from pods in new[] { 1, 2, 3, 4 } select Cell(new(pods, row.Clump, row.Share, history, row.Ratio), streams, version);
                to.WriteLine($"| {row.Name} | `{version}` | {string.Join(" | ", cells)} |");
            }
        }
    }

    private static string Cell(PodStreamKind kind, int streams, string version)
    {
        var (rolledBack, look) = PodStreamTrial.Of(kind, streams, version);
        return kind.CanaryRatio > 1 ? string.Create(CultureInfo.InvariantCulture, $"{rolledBack} (look {look:0.0})") : rolledBack.ToString(CultureInfo.InvariantCulture);
    }
}
