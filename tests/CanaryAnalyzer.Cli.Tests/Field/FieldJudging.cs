using System.Globalization;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Tests.Field;

/// <summary>Runs <c>canaryctl analyze</c> on a case and holds what comes of it against what must.</summary>
internal static class FieldJudging
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <param name="field">The case.</param>
    /// <param name="address">A server that has its samples.</param>
    /// <param name="start">The instant of its first look.</param>
    public static async Task JudgeAsync(FieldCase field, Uri address, DateTimeOffset start)
    {
        using var folder = new ManifestFolder();
        var (output, error) = (new StringWriter(), new StringWriter());
        var host = new CliHost { Out = output, Error = error, IsTerminal = false, HasColours = false, Time = TimeProvider.System, CommandName = "canaryctl" };

        var code = await Cli.Commands.Cli.RunAsync(
            host,
            [
                "analyze", "-f", folder.Write("template.yaml", field.Template()), "--address", address.ToString(), "-o", "json",
                "--start", start.ToString("O", CultureInfo.InvariantCulture), "--until", (start + Length).ToString("O", CultureInfo.InvariantCulture),
            ],
            TestContext.Current.CancellationToken);

        if (field.Verdict == FieldCase.Refused)
        {
            Assert.Equal(3, code);
            Assert.All(field.Says, text => Assert.Contains(text, error.ToString(), StringComparison.Ordinal));
            return;
        }

        Assert.True(output.GetStringBuilder().Length > 0, error.ToString());
        Check(field, JsonNode.Parse(output.ToString()).Items("metrics").Single());
    }

    private static void Check(FieldCase field, JsonNode metric)
    {
        var (verdict, message) = ($"{metric.Text("verdict", "verdict")} {metric.Text("verdict", "reason")}", metric.Text("message") ?? "");
        TestContext.Current.TestOutputHelper?.WriteLine($"{verdict}: {message}");
        Assert.True(field.Verdict == verdict, $"expected {field.Verdict}, not {verdict}: {message}");
        Assert.All(field.Says, text => Assert.Contains(text, message, StringComparison.Ordinal));
        Assert.All(field.Silent, text => Assert.DoesNotContain(text, message, StringComparison.Ordinal));
        if (field.StableRequests is { } most) Assert.InRange(metric.Items("verdict", "measures").Sum(measure => measure.Whole("stable", "requests") ?? 0), 1, most);
        if (field.By is { } look) Assert.InRange(metric.Whole("verdict", "look") ?? 0, 1, look);
    }
}
