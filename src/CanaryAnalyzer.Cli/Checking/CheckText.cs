using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Rendering;

namespace CanaryAnalyzer.Cli.Checking;

/// <summary>Checks for people, a line each below its topic, and as JSON.</summary>
internal static class CheckText
{
    private const string Doubt = "!";

    public static string Of(IReadOnlyList<CheckLine> lines, Palette palette, int width)
    {
        var text = new StringBuilder();
        var topic = "";
        foreach (var line in lines)
        {
            if (line.Topic != topic)
                text.Append(topic.Length > 0 ? "\n" : "").Append(topic = line.Topic).Append('\n');
            text.Append("  ").Append(Sign(line.State, palette).Written).Append(' ');
            WrappedText.Append(text, line.Text, 4, width);
            if (line.Remedy.Length == 0)
                continue;
            text.Append("      → ");
            WrappedText.Append(text, line.Remedy, 8, width);
        }

        return text.ToString();
    }

    public static JsonObject Json(string rollout, IReadOnlyList<CheckLine> lines) => new()
    {
        ["rollout"] = rollout,
        ["ok"] = lines.All(line => line.State != CheckState.Bad),
        ["checks"] = new JsonArray([.. lines.Select(line => new JsonObject
        {
            ["topic"] = line.Topic,
            ["state"] = line.State.ToString(),
            ["text"] = line.Text,
            ["remedy"] = line.Remedy.Length > 0 ? line.Remedy : null,
        })]),
    };

    private static Cell Sign(CheckState state, Palette palette) => state switch
    {
        CheckState.Ok => palette.Paint(Icons.Ok),
        CheckState.Bad => palette.Paint(Icons.Bad),
        _ => palette.Paint(Doubt, Icons.Waiting),
    };
}
