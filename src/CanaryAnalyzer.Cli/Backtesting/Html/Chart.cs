using System.Net;
using System.Text;

namespace CanaryAnalyzer.Cli.Backtesting.Html;

/// <summary>One picture as inline SVG: axes with units, lines, bands and points. Colours are classes of the page's style sheet.</summary>
internal sealed class Chart
{
    public const double Width = 940;
    private readonly StringBuilder _svg = new();
    private readonly double _height;
    private readonly string _title;
    private readonly string _description;

    /// <param name="title">What is shown, for readers that see no picture.</param>
    /// <param name="description">What it shows, in a sentence.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="left">Room for the labels at the left.</param>
    /// <param name="bottom">Room for those below.</param>
    public Chart(string title, string description, double height, double left = 64, double bottom = 44)
    {
        (_title, _description, _height) = (title, description, height);
        (Left, Right, Top, Bottom) = (left, Width - 20, 14, height - bottom);
    }

    public double Left { get; }

    public double Right { get; }

    public double Top { get; }

    public double Bottom { get; }

    public void XAxis(Scale x, IEnumerable<(double At, string Text)> ticks, string label)
    {
        foreach (var (at, text) in ticks)
        {
            Line(x.At(at), Top, x.At(at), Bottom, "grid");
            Text(x.At(at), Bottom + 16, text, "tick middle");
        }

        Line(Left, Bottom, Right, Bottom, "axis");
        Text((Left + Right) / 2, Bottom + 36, label, "label middle");
    }

    public void YAxis(Scale y, IEnumerable<(double At, string Text)> ticks, string label)
    {
        foreach (var (at, text) in ticks)
        {
            Line(Left, y.At(at), Right, y.At(at), "grid");
            Text(Left - 8, y.At(at) + 4, text, "tick end");
        }

        var middle = (y.Start + y.End) / 2;
        _svg.Append($"<text class=\"label middle\" transform=\"translate({N(14)},{N(middle)}) rotate(-90)\">{Safe(label)}</text>");
    }

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        _svg.Append($"<line class=\"{style}\" x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\"/>");

    public void Text(double x, double y, string text, string style) => _svg.Append($"<text class=\"{style}\" x=\"{N(x)}\" y=\"{N(y)}\">{Safe(text)}</text>");

    public void Rectangle(double x, double y, double width, double height, string style, string? tip = null) =>
        _svg.Append($"<rect class=\"{style}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(Math.Max(0, width))}\" height=\"{N(Math.Max(0, height))}\">{Tip(tip)}</rect>");

    public void Point(double x, double y, string style, string tip) => _svg.Append($"<circle class=\"{style}\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"4.5\">{Tip(tip)}</circle>");

    /// <summary>A line through points; null breaks it.</summary>
    public void Path(IEnumerable<(double X, double Y)?> points, string style)
    {
        var path = new StringBuilder();
        var isNew = true;
        foreach (var point in points)
        {
            if (point is { } at) path.Append(isNew ? 'M' : 'L').Append(N(at.X)).Append(' ').Append(N(at.Y));
            isNew = point is null;
        }

        _svg.Append($"<path class=\"{style}\" d=\"{path}\"/>");
    }

    /// <summary>The area between two lines of as many points.</summary>
    public void Band(IReadOnlyList<(double X, double Y)> upper, IReadOnlyList<(double X, double Y)> lower, string style) =>
        _svg.Append($"<path class=\"{style}\" d=\"M{string.Join('L', upper.Concat(lower.Reverse()).Select(at => N(at.X) + ' ' + N(at.Y)))}Z\"/>");

    /// <summary>An interval with short ends, standing or lying.</summary>
    public void Interval(double x1, double y1, double x2, double y2, string style)
    {
        Line(x1, y1, x2, y2, style);
        var (dx, dy) = x1.Equals(x2) ? (4, 0) : (0, 4);
        Line(x1 - dx, y1 - dy, x1 + dx, y1 + dy, style);
        Line(x2 - dx, y2 - dy, x2 + dx, y2 + dy, style);
    }

    /// <summary>The picture with its legend below it.</summary>
    public string Write(params (string Style, string Text)[] legend)
    {
        var entries = string.Concat(legend.Select(entry => $"<span class=\"key\"><svg width=\"22\" height=\"12\" aria-hidden=\"true\">{Sample(entry.Style)}</svg>{Safe(entry.Text)}</span>"));
        return $"<figure><svg viewBox=\"0 0 {N(Width)} {N(_height)}\" role=\"img\" aria-label=\"{Safe(_title)}\"><title>{Safe(_title)}</title><desc>{Safe(_description)}</desc>{_svg}</svg>"
            + (entries.Length > 0 ? $"<figcaption>{entries}</figcaption>" : "") + "</figure>";
    }

    public static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Sample(string style) => style.StartsWith("dot", StringComparison.Ordinal) ? $"<circle class=\"{style}\" cx=\"11\" cy=\"6\" r=\"4.5\"/>"
        : style.StartsWith("fill", StringComparison.Ordinal) ? $"<rect class=\"{style}\" x=\"1\" y=\"1\" width=\"20\" height=\"10\"/>"
        : $"<line class=\"{style}\" x1=\"1\" y1=\"6\" x2=\"21\" y2=\"6\"/>";

    private static string Tip(string? text) => text is null ? "" : $"<title>{Safe(text)}</title>";

    private static string N(double place) => Scale.Text(place);
}
