namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>Text with colours: what it says, and what is written to show it so.</summary>
internal readonly record struct Cell(string Plain, string Written)
{
    public int Width => Plain.EnumerateRunes().Count();

    public static implicit operator Cell(string text) => new(text, text);

    public static Cell operator +(Cell left, Cell right) => new(left.Plain + right.Plain, left.Written + right.Written);

    public static Cell Join(string separator, IEnumerable<Cell> cells) =>
        cells.Aggregate((Cell?)null, (joined, cell) => joined is { } before ? before + separator + cell : cell) ?? "";
}
