using System.Text;

namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>Rows in columns that are as wide as their widest cell and two blanks apart; the last cell of a row isn't filled up.</summary>
internal sealed class TextTable
{
    private readonly List<Cell[]> _rows = [];
    private int[] _widths = [];

    public void Add(params Cell[] row)
    {
        _rows.Add(row);
        if (_widths.Length < row.Length)
            Array.Resize(ref _widths, row.Length);
        for (var column = 0; column < row.Length; column++)
            _widths[column] = Math.Max(_widths[column], row[column].Width);
    }

    /// <summary>The rows added since the last call, in columns that only ever get wider.</summary>
    public string Take()
    {
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            for (var column = 0; column < row.Length; column++)
            {
                text.Append(row[column].Written);
                if (column < row.Length - 1)
                    text.Append(' ', _widths[column] - row[column].Width + 2);
            }

            text.Append('\n');
        }

        _rows.Clear();
        return text.ToString();
    }
}
