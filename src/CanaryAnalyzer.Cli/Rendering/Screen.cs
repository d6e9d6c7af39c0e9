using CanaryAnalyzer.Cli.Hosting;

namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>Shows one text after the other: in place on a terminal, one below the other where a program reads.</summary>
internal sealed class Screen(CliHost host)
{
    private const string Home = "\e[H";
    private const string ClearRestOfLine = "\e[K";
    private const string ClearBelow = "\e[J";
    private const string ClearAll = "\e[2J";

    private string? _shown;

    public async Task ShowAsync(string text)
    {
        if (host.IsTerminal)
        {
            // Over the old text, line by line: clearing the screen first would flicker.
            var lines = text.Replace("\n", ClearRestOfLine + "\n", StringComparison.Ordinal);
            await host.Out.WriteAsync((_shown is null ? ClearAll : "") + Home + lines + ClearBelow);
        }
        else if (text != _shown)
        {
            await host.Out.WriteAsync(_shown is null ? text : "\n" + text);
        }

        _shown = text;
        await host.Out.FlushAsync();
    }
}
