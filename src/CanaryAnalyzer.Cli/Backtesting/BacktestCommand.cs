using System.Collections.Immutable;
using System.CommandLine;
using CanaryAnalyzer.Cli.Commands;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Core.Backtests.Results;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Metrics;
using CanaryAnalyzer.Metrics.History;
using CanaryAnalyzer.Metrics.Prometheus;
using Microsoft.Extensions.DependencyInjection;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary><c>backtest</c>: what a comparison would have said of the past. Exit codes: 0, 2 where false alarms lie above the stated risk, 3 for errors.</summary>
internal static class BacktestCommand
{
    public const string Name = "backtest";

    private const int AboveRisk = 2;
    private const int Failed = 3;

    public static Command Make(CliHost host, GlobalOptions global)
    {
        var options = new BacktestCommandOptions();
        var command = new Command(Name, "Replay a comparison over history in Prometheus: false alarms, power, past releases, recommended settings");
        foreach (var option in options.All) command.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var cache = "";
            try
            {
                var read = options.Read(parsed, host.Time.GetUtcNow());
                cache = read.Cache ?? "";
                read = await WithRolloutAsync(read, parsed.GetValue(options.Rollout), () => global.Connect(parsed, host), cancellationToken);
                return await RunAsync(host, read, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                await host.Error.WriteLineAsync(cache.Length > 0 ? $"Interrupted. What was read is kept in {cache} and need not be read again." : "Interrupted.");
                return Failed;
            }
            catch (Exception failure) when (failure is HistoryException || Failures.Describe(failure) is not null)
            {
                await host.Error.WriteLineAsync($"Error: {Failures.Describe(failure) ?? failure.Message}");
                return Failed;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(CliHost host, BacktestOptions options, CancellationToken cancellationToken)
    {
        var template = TemplateFile.Read(options.File, options.Metric, options.Arguments, options.IsNamespaceImplied);
        var what = BacktestSelectors.Of(template.Spec, Pods(options, template));
        if (what.Selectors.IsEmpty) throw new CliException($"{template.Metric} has nothing to replay: {string.Join("; ", what.LeftOut)}");
        if (options.Address is null && template.Spec.Connection.Address is null) throw new CliException("no Prometheus is named: write --address http://…");
        await using var services = new ServiceCollection().AddSingleton(host.Time).AddMetrics(new PrometheusDefaults(null)).BuildServiceProvider();
        var reader = services.GetRequiredService<IHistoryReader>();
        Task<BacktestReport> Work(IBacktestProgress progress) => Backtest.RunAsync(reader, template, what, options, progress, cancellationToken);
        var report = host.IsTerminal ? await BarProgress.RunAsync(host.Error, Work) : await Work(new PlainProgress(host.Error, host.Time));
        var patch = TemplatePatch.Write(template, report.Recommendations);
        if (options.Html is { } path) await WriteAsync(path, Html.HtmlReport.Write(report, patch), cancellationToken);
        await host.Out.WriteAsync(options.Json ? BacktestJson.Write(report) : BacktestText.Write(report, patch, host.Width));
        return report.IsAboveRisk ? AboveRisk : 0;
    }

    private static ImmutableArray<LabelMatcher> Pods(BacktestOptions options, TemplateFile template)
    {
        if (options.Stable is null)
        {
            return template.Spec.Stable.IsEmpty
                ? throw new CliException("which pods are the service's? write --stable 'pod=~\"web-.*\"', or --rollout NAME")
                : template.Spec.Stable;
        }

        var matchers = SeriesSelector.TryParseMatchers(options.Stable, out var error);
        return error.Length == 0 && !matchers.IsDefault ? matchers : throw new CliException($"--stable is no label matcher: {error}; write for example 'pod=~\"web-.*\"'");
    }

    private static async Task<BacktestOptions> WithRolloutAsync(BacktestOptions options, string? rollout, Func<Cluster> connect, CancellationToken cancellationToken)
    {
        if (rollout is null) return options;
        using var cluster = connect();
        await cluster.Objects.GetRolloutAsync(rollout, cancellationToken);
        var name = rollout.Replace(".", "\\.", StringComparison.Ordinal);
        return options with
        {
            Stable = options.Stable ?? $"namespace=\"{cluster.Namespace}\",pod=~\"{name}-[a-z0-9]+-[a-z0-9]{{5}}\"",
            Arguments = options.Arguments.ContainsKey("namespace") ? options.Arguments : new Dictionary<string, string>(options.Arguments, StringComparer.Ordinal) { ["namespace"] = cluster.Namespace },
            IsNamespaceImplied = !options.Arguments.ContainsKey("namespace"),
        };
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, text, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{path} can't be written: {failure.Message}");
        }
    }
}
