using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CanaryAnalyzer.Testing.ApiServer;

namespace CanaryAnalyzer.Service.Tests.Starting;

/// <summary>What the controller loads until it leads and has answered its probes and a scrape: the executable itself, in a process of its own.</summary>
public sealed partial class StartCostTests : IAsyncLifetime
{
    // 106 when this was written; each costs pages and time.
    private const int MostAssemblies = 115;

    // Each of them was loaded once, and nothing idle needs it.
    private static readonly string[] NotNeeded =
    [
        "MathNet.Numerics", "Microsoft.AspNetCore.Mvc.Core", "Microsoft.AspNetCore.HostFiltering", "Microsoft.AspNetCore.HttpOverrides", "Microsoft.Extensions.Configuration.Json",
        "System.IO.FileSystem.Watcher", "System.Linq.Expressions", "System.Private.Xml",
    ];

    private readonly string _loaded = Path.GetTempFileName();
    private InProcessApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await InProcessApiServer.StartAsync(tls: true);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        File.Delete(_loaded);
    }

    [Fact]
    public async Task An_idle_controller_loads_what_it_needs()
    {
        using var controller = Start();
        await LeadsAndAnswersAsync(controller);
        using (var kill = Process.Start("kill", ["-TERM", controller.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await controller.WaitForExitAsync(TestContext.Current.CancellationToken);

        var loaded = await File.ReadAllLinesAsync(_loaded, TestContext.Current.CancellationToken);
        Assert.Contains("canary-analyzer", loaded);
        Assert.Empty(loaded.Intersect(NotNeeded, StringComparer.Ordinal));
        Assert.True(loaded.Length <= MostAssemblies, $"{loaded.Length} assemblies: {string.Join(", ", loaded.Order(StringComparer.Ordinal))}");
    }

    private Process Start()
    {
        string[] arguments =
        [
            "--kubeconfig", _server.Kubeconfig, "--address", "127.0.0.1", "--metrics-port", "0", "--healthz-port", "0", "--parent-pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        ];
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "canary-analyzer"), arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[StartupHook.FileVariable] = _loaded;
        return Process.Start(start)!;
    }

    private static async Task LeadsAndAnswersAsync(Process controller)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var addresses = new List<string>();
        while (await controller.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            addresses.AddRange(Addresses().Matches(line).Select(match => match.Value));
            if (line.Contains("Caches synced, acquired leadership", StringComparison.Ordinal)) break;
        }

        using var http = new HttpClient();
        foreach (var address in addresses.Where(one => one.EndsWith("/metrics", StringComparison.Ordinal))) Assert.NotEmpty(await http.GetStringAsync(address, limit.Token));
        foreach (var address in addresses.Where(one => one.EndsWith("/healthz", StringComparison.Ordinal))) Assert.Equal("ok", await http.GetStringAsync(address, limit.Token));
        Assert.Equal(2, addresses.Count);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/(metrics|healthz)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Addresses();
}
