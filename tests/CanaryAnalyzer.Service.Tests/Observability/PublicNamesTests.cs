using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Core.Gates;
using CanaryAnalyzer.Core.Rollouts.Statuses;
using CanaryAnalyzer.Service.Tests.Hosting;
using CanaryAnalyzer.Testing.ApiServer;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Service.Tests.Observability;

/// <summary>
/// The names that dashboards, alerts and log filters are built on, in one list each: a change shows in its review. The reasons of events are those found as
/// constants in the source where events are emitted, and those of the gate.
/// </summary>
public sealed partial class PublicNamesTests
{
    private const string Folder = "tests/CanaryAnalyzer.Service.Tests/Observability/Golden";

    [Fact]
    public async Task Metrics_are_those_of_the_list()
    {
        await using var server = await InProcessApiServer.StartAsync();
        await using var controller = await RunningController.StartAsync(server);

        var text = await controller.MetricsUntilAsync(_ => true, "the metrics");

        var names = HelpLine().Matches(text).Select(m => m.Groups["name"].Value).Where(n => !n.StartsWith("dotnet_", StringComparison.Ordinal) && !n.StartsWith("process_", StringComparison.Ordinal));
        Same("metrics.txt", names);
    }

    [Fact]
    public void Types_of_conditions_are_those_of_the_list() =>
        Same("condition-types.txt", Constants(typeof(ConditionTypes)));

    [Fact]
    public void Reasons_of_events_are_those_of_the_list()
    {
        var reasons = Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !file.Contains("LocalCluster", StringComparison.Ordinal))
            .SelectMany(file => EventReason().Matches(File.ReadAllText(file)).Select(m => m.Groups["reason"].Value));
        Same("event-reasons.txt", reasons.Concat(Constants(typeof(GateEvent))).Concat(Constants(typeof(GateProblem))));
    }

    [Fact]
    public void Log_lines_are_those_of_the_list()
    {
        var lines = LogEventIdTests.Lines().Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.EventId} {l.Level}: {l.Message}"));
        Same("log-lines.txt", lines);
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);

    private static void Same(string file, IEnumerable<string> names)
    {
        var text = new StringBuilder();
        foreach (var name in names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) text.Append(name).Append('\n');
        Assert.True(text.Length > 0, "nothing was found");
        Assert.Null(GoldenFile.Difference($"{Folder}/{file}", text.ToString()));
    }

    [GeneratedRegex("^# HELP (?<name>\\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex HelpLine();

    [GeneratedRegex("""(\.(Tell|Warn|TellOnce|WarnOnce)\(|EventType\.\w+, |Reason = )"(?<reason>[A-Z]\w+)["]""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex EventReason();
}
