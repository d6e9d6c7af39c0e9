
namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>The colours of signs and roles; or none.</summary>
internal sealed class Palette(bool isColourful)
{
    private const int Red = 31;
    private const int Green = 32;
    private const int Yellow = 33;
    private const int BrightBlue = 94;

    /// <summary>A sign or a role in its own colour.</summary>
    public Cell Paint(string text) => Paint(text, text);

    /// <summary>Text in the colour of a sign or role.</summary>
    public Cell Paint(string text, string like)
    {
        var colour = like switch
        {
            Icons.Ok or "stable" or "active" => Green,
            Icons.Bad or Icons.Warning => Red,
            Icons.Waiting or Icons.Unknown or "canary" => Yellow,
            Icons.Progressing or "preview" => BrightBlue,
            _ => 0,
        };
        return isColourful && colour != 0 ? new Cell(text, $"\e[{colour.ToString(System.Globalization.CultureInfo.InvariantCulture)}m{text}\e[0m") : text;
    }
}
