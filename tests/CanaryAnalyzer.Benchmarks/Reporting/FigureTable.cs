using System.Globalization;
using System.Runtime.InteropServices;
using CanaryAnalyzer.Benchmarks.Clusters;

namespace CanaryAnalyzer.Benchmarks.Reporting;

/// <summary>What was measured beside what is wanted, as a table of Markdown; progress goes to standard error.</summary>
/// <param name="title">What the table is about.</param>
internal sealed class FigureTable(string title)
{
    private readonly List<(string What, string Figure, string Wanted)> rows = [];

    /// <summary>Says what is being done.</summary>
    public static void Progress(string what) => Console.Error.WriteLine($"{DateTime.Now:HH:mm:ss} {what}");

    /// <summary>Adds a row.</summary>
    /// <param name="what">Its name and unit.</param>
    /// <param name="figure">The value.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="wanted">What is wanted; empty where nothing is.</param>
    public void Add(string what, double figure, string format, string wanted = "") => rows.Add((what, figure.ToString(format, CultureInfo.InvariantCulture), wanted));

    /// <summary>Adds a row that is no number.</summary>
    public void Add(string what, string figure, string wanted = "") => rows.Add((what, figure, wanted));

    /// <summary>Adds what was asked of the API server, for each of a number of things.</summary>
    public void Add(string what, RequestTally requests, int each)
    {
        foreach (var (entry, count) in requests.Entries) Add($"{what}: {entry}", (double)count / each, "0.00");
    }

    /// <summary>Writes it to standard output.</summary>
    public void Write()
    {
        Console.WriteLine($"{title} ({Environment.ProcessorCount} cores, {RuntimeInformation.OSArchitecture}, .NET {Environment.Version})\n");
        Console.WriteLine("| | measured | wanted |\n|---|---:|---:|");
        foreach (var (what, figure, wanted) in rows) Console.WriteLine($"| {what} | {figure} | {wanted} |");
        Console.WriteLine();
    }
}
