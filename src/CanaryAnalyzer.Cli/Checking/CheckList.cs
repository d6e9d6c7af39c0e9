namespace CanaryAnalyzer.Cli.Checking;

/// <summary>Gathers the lines of one topic.</summary>
internal sealed class CheckList(string topic)
{
    private readonly List<CheckLine> _lines = [];

    public IReadOnlyList<CheckLine> Lines => _lines;

    public void Add(CheckLine line) => _lines.Add(line);

    public void Ok(string text) => _lines.Add(new CheckLine(CheckState.Ok, topic, text));

    public void Warn(string text, string remedy = "") => _lines.Add(new CheckLine(CheckState.Warning, topic, text, remedy));

    public void Bad(string text, string remedy) => _lines.Add(new CheckLine(CheckState.Bad, topic, text, remedy));
}
