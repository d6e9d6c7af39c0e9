using System.CommandLine;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Judging;
using CanaryAnalyzer.Core.Analysis.Judging;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary><c>judge</c>: judges recorded comparisons, to measure the judge itself.</summary>
internal static class JudgeCommand
{
    /// <summary>The exit code where a line could not be judged.</summary>
    public const int BadInput = 3;

    public static Command Make(CliHost host)
    {
        var promote = new Option<PromoteWhen>("--promote") { Description = "When shown safety promotes: WhenSafe, or AtEnd of the recording", DefaultValueFactory = _ => PromoteWhen.WhenSafe };
        var soak = new Option<bool>("--soak") { Description = "The same as --promote AtEnd" };
        var source = new Option<ScenarioSource>("--from")
        {
            Description = "What to judge: Data, Counters (counted as samples of a Prometheus are), or Any, which is data where there is some", DefaultValueFactory = _ => ScenarioSource.Any,
        };
        var version = new Option<string>("--judge") { Description = $"The version of the judge: {string.Join(", ", JudgeVersions.All)}", DefaultValueFactory = _ => JudgeVersions.Default };
        version.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } wanted && !JudgeVersions.All.Contains(wanted, StringComparer.Ordinal))
                result.AddError($"There is no judge '{wanted}'; there is {string.Join(", ", JudgeVersions.All)}");
        });
        var command = new Command("judge", $"Judge recorded comparisons: {ScenarioDocument.Current} objects on stdin, one a line; an answer a line on stdout") { version, promote, soak, source };
        var watched = new WatchOptions();
        watched.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = ScenarioJudge.Defaults with { Version = parsed.GetRequiredValue(version), Promote = parsed.GetValue(soak) ? PromoteWhen.AtEnd : parsed.GetValue(promote) };
            var judge = new ScenarioJudge(watched.Apply(options, parsed), parsed.GetValue(source));
            return await new ScenarioLines(judge, host.In, host.Out, host.Error).JudgeAsync(cancellationToken) > 0 ? BadInput : 0;
        });
        return command;
    }
}
