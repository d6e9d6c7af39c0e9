using System.Globalization;
using CanaryAnalyzer.Core.Analysis.Judging;
using CanaryAnalyzer.Core.Backtests.Findings;
using CanaryAnalyzer.Core.Backtests.Results;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>Sentences and figures that the terminal's report and the HTML one share.</summary>
internal static class ReportWords
{
    /// <summary>What the backtest comes to, in a sentence.</summary>
    public static string Verdict(BacktestReport report)
    {
        if (report.Aa is not { } aa) return $"The false-alarm rate could not be measured: {report.NoAa}.";
        var stated = Percent(report.Options.FalseRollback);
        var rate = $"{aa.RolledBack.Count} of {aa.RolledBack.Of} replays without any change were rolled back ({Percent(aa.RolledBack.Rate)}, 95 % interval {Range(aa.RolledBack)})";
        return report.IsAboveRisk ? $"The stated risk of {stated} is not held: {rate}."
            : aa.RolledBack.High <= report.Options.FalseRollback ? $"The stated risk of {stated} is held: {rate}."
            : $"Nothing speaks against the stated risk of {stated}: {rate}.";
    }

    /// <summary>What is said where nothing is recommended.</summary>
    public static string NoSettings(BacktestReport report) =>
        report.Aa is null ? "No settings are recommended: without a false-alarm rate there is nothing to go by." : "No setting needs a change.";

    /// <summary>What became of harm, in a sentence; empty where none was tried.</summary>
    public static string Power(BacktestReport report)
    {
        var harmful = report.Power.Where(effect => effect.Harmful).ToList();
        if (harmful.Count == 0) return "";
        var found = harmful.FirstOrDefault(effect => effect.Found.Rate >= report.Options.Power);
        var wrong = harmful.MaxBy(effect => effect.Promoted.Rate)!;
        return (found is null ? $"No harm that was tried is found with the wanted power of {Percent(report.Options.Power)}" : $"Harm is found with the wanted power of {Percent(report.Options.Power)} from {found.Effect} on{(found.SecondsToRollback is { } delay ? $", at the median after {Duration(delay.Median)}" : "")}")
            + (wrong.Promoted.Count == 0 ? "; none of it was promoted." : $"; {wrong.Effect} was promoted in {Percent(wrong.Promoted.Rate)} of the replays.");
    }

    /// <summary>What became of good canaries, in a sentence; empty where there were none.</summary>
    public static string Decided(BacktestReport report) => report.Aa is not { } aa ? ""
        : $"Without harm {Percent(aa.Promoted.Rate)} were promoted{(aa.SecondsToPromotion is { } time ? $", at the median after {Duration(time.Median)} (nine in ten within {Duration(time.P90)})" : "")}, and {Percent(aa.Undecided.Rate)} were undecided{Reasons(aa)}.";

    public static string Percent(double share) => share switch
    {
        0 => "0 %",
        < 0.0001 => "< 0.01 %",
        < 0.1 => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %",
        _ => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %",
    };

    public static string Range(Proportion part) => $"{Percent(part.Low)} to {Percent(part.High)}";

    public static string Duration(double seconds) => Recommender.Short(TimeSpan.FromSeconds(seconds)) is var text && seconds > 120 && text.EndsWith('s')
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)}m{seconds % 60:0}s") : text;

    public static string Latency(double seconds) => seconds < 1
        ? (1000 * seconds).ToString("0.#", CultureInfo.InvariantCulture) + " ms" : seconds.ToString("0.##", CultureInfo.InvariantCulture) + " s";

    public static string Number(double number) => number.ToString(Math.Abs(number) < 10 ? "0.##" : "#,0", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Reasons(AaSummary aa)
    {
        var reasons = aa.Reasons.Where(reason => reason.Key is not (nameof(VerdictReason.Safe) or nameof(VerdictReason.HarmShown))).OrderByDescending(reason => reason.Value)
            .Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Key} {reason.Value}")).ToList();
        return reasons.Count == 0 ? "" : $" ({string.Join(", ", reasons)})";
    }
}
