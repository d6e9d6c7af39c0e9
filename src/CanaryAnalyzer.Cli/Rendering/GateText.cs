using System.Globalization;
using CanaryAnalyzer.Client.Views;

namespace CanaryAnalyzer.Cli.Rendering;

/// <summary>A gate in a line, for example <c>policy/web, look 7, evidence 0.4 of 100, earliest 2m10s, at most 21m</c>.</summary>
internal static class GateText
{
    public static string Line(GateView gate, DateTimeOffset now)
    {
        var parts = new List<string> { gate.Policy is { } policy ? $"policy/{policy}" : "human" };
        if (gate.Look > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"look {gate.Look}"));
        if (gate is { Evidence: { } evidence, Threshold: { } threshold })
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"evidence {evidence:0.##} of {threshold:0.##}"));
        if (gate.Earliest is { } earliest && earliest > now)
            parts.Add($"earliest {HumanDuration.Format(earliest - now)}");
        if (gate.Deadline is { } deadline && deadline > now)
            parts.Add($"at most {HumanDuration.Format(deadline - now)}");
        if (gate.WaitingReason.Length > 0)
            parts.Add(gate.Observes ? gate.WaitingReason : Waiting(gate, now));
        return string.Join(", ", parts);
    }

    private static string Waiting(GateView gate, DateTimeOffset now) =>
        $"waits for a human: {gate.WaitingReason}" + (gate.WaitingSince is { } since ? $" (since {HumanDuration.Format(now - since)})" : "");
}
