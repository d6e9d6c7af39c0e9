using System.CommandLine;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Linting;
using CanaryAnalyzer.Cli.Manifests;
using CanaryAnalyzer.Cli.Planning;
using CanaryAnalyzer.Cli.Rendering;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary><c>lint -f FILE…</c>: what the controller would say about manifests, and with <c>--plan</c> what their gates can decide.</summary>
internal static class LintCommand
{
    public static Command Make(CliHost host)
    {
        var files = new Option<string[]>("--filename", "-f") { Description = "Files or folders with manifests", Required = true, AllowMultipleArgumentsPerToken = true };
        var format = new Option<string>("--output", "-o") { Description = "text or json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var allowMissing = new Option<bool>("--allow-missing") { Description = "Only warn of templates that are in none of the files" };
        var plan = new Option<bool>("--plan") { Description = "Show each Rollout's gates, and what they can decide" };
        var traffic = new PlanOptions();
        var command = new Command("lint", "Check manifests without a cluster") { files, format, allowMissing, plan };
        traffic.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var read = ManifestFiles.Read(parsed.GetRequiredValue(files));
            var linter = new Linter(read.Found, parsed.GetValue(allowMissing));
            var ours = read.Found.Where(manifest => Kinds.Of(manifest.Resource) is not null).ToList();
            List<Finding> findings = [.. read.Problems.Select(Finding.Of), .. linter.Find()];
            if (ours.Count == 0 && findings.Count == 0)
                throw new CliException($"no Rollout, AnalysisTemplate, ClusterAnalysisTemplate or PromotionPolicy is in {string.Join(", ", parsed.GetRequiredValue(files))}");

            List<RolloutPlan> plans = [];
            using var assumed = traffic.Open(parsed, host);
            if (parsed.GetValue(plan))
            {
                plans.AddRange(ours.Where(one => one.Resource.Text("kind") == "Rollout").Select(one => new GatePlanner(linter.View, assumed.Arguments).Plan(one.Resource)).OfType<RolloutPlan>());
                await assumed.ReadAsync(plans, cancellationToken);
            }

            var palette = new Palette(host.HasColours);
            var text = new PlanText(new ForecastCache(assumed.CanaryShare), assumed.Of, palette, host.Width);
            if (parsed.GetValue(format) == "json")
                await host.Out.WriteAsync(ObjectText.Json(new JsonObject { ["findings"] = LintText.Json(findings), ["plans"] = new JsonArray([.. plans.Select(text.Json)]) }));
            else
                await host.Out.WriteAsync(LintText.Of(findings, ours.Count, palette) + string.Concat(plans.Select(one => "\n" + text.Of(one))) + (plans.Count > 0 ? "\n" + assumed.Note : ""));
            return findings.Exists(finding => !finding.IsWarning) ? 1 : 0;
        });
        return command;
    }
}
