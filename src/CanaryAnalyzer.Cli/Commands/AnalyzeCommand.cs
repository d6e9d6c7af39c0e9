using System.CommandLine;
using CanaryAnalyzer.Cli.Analyzing;
using CanaryAnalyzer.Cli.Hosting;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary><c>analyze -f TEMPLATE</c>: one judgement without a cluster, over past time or live. Its exit code is the verdict.</summary>
internal static class AnalyzeCommand
{
    public const string Name = "analyze";

    public static Command Make(CliHost host)
    {
        var files = new Option<string[]>("--filename", "-f") { Description = "Files with AnalysisTemplates", Required = true, AllowMultipleArgumentsPerToken = true };
        var metric = new Option<string?>("--metric") { Description = "Only the comparison of this name" };
        var address = new Option<string?>("--address") { Description = "The Prometheus to ask; default: the template's own" };
        var canary = new Option<string?>("--canary") { Description = "Label matchers of the canary's series, such as 'pod=~\"web-b.*\"'" };
        var stable = new Option<string?>("--stable") { Description = "Label matchers of the stable side's series" };
        var arguments = NamedValues.Option("--arg", "An argument's value, name=value");
        var start = new Option<string?>("--start") { Description = "When counting begins, such as 2026-03-01T10:00:00Z" };
        var since = new Option<string?>("--since") { Description = "How long before the end it begins, such as 30m; default: maxDuration" };
        var until = new Option<string?>("--until") { Description = "When it ends; default: a minute ago" };
        var follow = new Option<bool>("--follow") { Description = "Look on until there is a verdict" };
        var format = new Option<string>("--output", "-o") { Description = "text or json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command(Name, "Judge two versions by a template, without a cluster") { files, metric, address, canary, stable, arguments, start, since, until, follow, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var prometheus = NamedValues.Address(parsed.GetValue(address));
                var subject = SubjectReader.Read(new SubjectRequest
                {
                    Files = parsed.GetRequiredValue(files),
                    Metric = parsed.GetValue(metric),
                    Address = prometheus,
                    Canary = parsed.GetValue(canary),
                    Stable = parsed.GetValue(stable),
                    Arguments = NamedValues.Read(parsed.GetValue(arguments), "--arg"),
                });
                var span = LookSpan.Of(
                    parsed.GetValue(start), parsed.GetValue(since), parsed.GetValue(until), parsed.GetValue(follow), subject.Comparisons.Select(one => one.Spec), host.Time.GetUtcNow());
                using var backends = new MetricBackends(null, host.Time);
                if (subject.Comparisons.FirstOrDefault(one => one.Spec.Connection.Address is null).Metric is { } homeless)
                    throw new CliException($"metric {homeless} names no Prometheus: give one with --address http://localhost:9090");
                var view = new AnalysisView(host, new AnalysisLoop(host, backends, subject, span), subject, span, isJson: parsed.GetValue(format) == "json");
                return (int)await view.ShowAsync(parsed.GetValue(follow), cancellationToken);
            }
            catch (Exception failure) when (Failures.Describe(failure) is not null)
            {
                await host.Error.WriteLineAsync($"Error: {Failures.Describe(failure)}");
                return (int)Outcome.Error;
            }
        });
        return command;
    }
}
