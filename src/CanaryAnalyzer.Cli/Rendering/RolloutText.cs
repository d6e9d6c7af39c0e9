using System.Globalization;
using System.Text;
using CanaryAnalyzer.Client.Views;

namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>A Rollout as <c>get rollout</c> shows it: the facts, then the tree of its objects. The layout is a contract with people and scripts.</summary>
internal sealed class RolloutText(Palette palette)
{
    private const int LabelWidth = 17;

    public string Render(RolloutView rollout, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Row(text, "Name:", rollout.Name);
        Row(text, "Namespace:", rollout.Namespace);
        Row(text, "Status:", palette.Paint(Icons.Of(rollout.State)) + " " + rollout.Status);
        RowIfAny(text, "Message:", rollout.Message);
        RowIfAny(text, "Waiting for:", rollout.WaitsFor);
        RowIfAny(text, "Gate:", rollout.Gate is { } gate ? GateText.Line(gate, now) : "");
        RowIfAny(text, "Verdict:", rollout.Gate?.Verdict ?? "");
        Row(text, "Strategy:", rollout.Strategy);
        if (rollout.Canary is { } canary)
        {
            Row(text, "  Step:", canary.Step);
            Row(text, "  SetWeight:", Number(canary.SetWeight));
            Row(text, "  ActualWeight:", Number(canary.ActualWeight));
        }

        foreach (var (index, image) in rollout.Images.Index())
            Row(text, index == 0 ? "Images:" : "", Image(image));
        text.Append("Replicas:\n");
        Row(text, "  Desired:", Number(rollout.Replicas.Desired));
        Row(text, "  Current:", Number(rollout.Replicas.Current));
        Row(text, "  Updated:", Number(rollout.Replicas.Updated));
        Row(text, "  Ready:", Number(rollout.Replicas.Ready));
        Row(text, "  Available:", Number(rollout.Replicas.Available));
        return text.Append('\n').Append(new RolloutTree(palette, now).Render(rollout)).ToString();
    }

    private static void Row(StringBuilder text, string label, Cell value) => text.Append(label.PadRight(LabelWidth)).Append(value.Written).Append('\n');

    private static void RowIfAny(StringBuilder text, string label, string value)
    {
        if (value.Length > 0)
            Row(text, label, value);
    }

    private Cell Image(ImageView image) =>
        image.Tags.Count == 0 ? image.Image : $"{image.Image} (" + Cell.Join(", ", image.Tags.Select(palette.Paint)) + ")";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
