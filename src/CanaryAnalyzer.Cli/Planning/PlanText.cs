using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Core.Planning;
using CanaryAnalyzer.Core.Policies;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Cli.Planning;

/// <summary>A Rollout's gates with what each can decide, for people and as JSON.</summary>
/// <param name="forecasts">Where forecasts come from.</param>
/// <param name="traffic">The traffic of a comparison.</param>
/// <param name="palette">The colours.</param>
/// <param name="width">In how many columns sentences are written.</param>
internal sealed class PlanText(ForecastCache forecasts, Func<GateComparison, TrafficAssumption> traffic, Palette palette, int width)
{
    public string Of(RolloutPlan plan)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Rollout {plan.Rollout}\n\n");
        var table = new TextTable();
        table.Add("STEP", "WHAT", "CANARY", "OPENED BY", "ENDS BY", "PROMOTES");
        foreach (var gate in plan.Gates)
            table.Add(Text(gate.Number), gate.What, $"{Text(gate.Weight)} %", gate.By.Length == 0 ? "-" : gate.By, gate.Deadline is { } deadline ? GoDuration.Format(deadline) : "-", Promotes(gate));
        text.Append(table.Take());
        foreach (var note in plan.Notes)
            Remark(text, "", Icons.Warning, note);
        foreach (var gate in plan.Gates)
        {
            foreach (var comparison in gate.Comparisons)
                Append(text, gate, comparison, gate.Comparisons.Count > 1);
        }

        return text.ToString();
    }

    public JsonObject Json(RolloutPlan plan) => new()
    {
        ["rollout"] = plan.Rollout,
        ["notes"] = new JsonArray([.. plan.Notes.Select(note => JsonValue.Create(note))]),
        ["steps"] = new JsonArray([.. plan.Gates.Select(gate => new JsonObject
        {
            ["step"] = gate.Number,
            ["what"] = gate.What,
            ["canaryWeight"] = gate.Weight,
            ["openedBy"] = gate.By,
            ["deadlineSeconds"] = gate.Deadline?.TotalSeconds,
            ["promotes"] = Promotes(gate),
            ["forecasts"] = new JsonArray([.. gate.Comparisons.Select(comparison => ForecastText.Json(comparison.Metric, forecasts.Of(gate, comparison, traffic(comparison))))]),
        })]),
    };

    private void Append(StringBuilder text, Gate gate, GateComparison comparison, bool named)
    {
        var assumed = traffic(comparison);
        var forecast = forecasts.Of(gate, comparison, assumed);
        text.Append(CultureInfo.InvariantCulture, $"\nStep {gate.Number}{(named ? $", {comparison.Metric}" : "")}: {gate.Weight} % of {assumed.RequestsPerSecond:0.##} requests a second");
        text.Append(CultureInfo.InvariantCulture, $", {assumed.ErrorRate * 100:0.##} % of them failing\n");
        var good = forecast.Promoted >= 0.8 ? Icons.Ok : forecast.Promoted > 0 ? Icons.Warning : Icons.Bad;
        Remark(text, "  ", good, ForecastText.Promotion(forecast));
        foreach (var coarse in ForecastText.Coarse(forecast))
            Remark(text, "  ", Icons.Warning, coarse);
        if (!forecast.Measures.IsEmpty)
            text.Append(ForecastText.Table(forecast, "  "));
    }

    private void Remark(StringBuilder text, string indent, string icon, string sentence)
    {
        text.Append(indent).Append(palette.Paint(icon).Written).Append(' ');
        WrappedText.Append(text, sentence, indent.Length + 2, width);
    }

    private static string Promotes(Gate gate)
    {
        if (gate.Comparisons.Count == 0)
            return "-";
        if (gate.Policy is { OnSuccessful: GateAction.Wait })
            return "never by itself (onSuccessful: Wait)";
        var ways = gate.Comparisons.Select(comparison => comparison.Options.Promote.ToString()).Distinct(StringComparer.Ordinal);
        return $"{string.Join(" and ", ways)}, from {GoDuration.Format(gate.Comparisons.Max(comparison => comparison.Options.MinDuration))}";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
