using System.CommandLine;

namespace CanaryAnalyzer.Cli.Demo;

/// <summary><c>canaryctl demo</c>: two versions delivered without a human, on this machine alone.</summary>
internal static class DemoCommand
{
    private static readonly Option<bool> Exit = new("--exit") { Description = "plain progress lines; end by itself, with exit code 0 only if the judge was right twice" };
    private static readonly Option<bool> Swap = new("--swap") { Description = "make 1.23.2 the bad version and 1.23.3 the good one" };
    private static readonly Option<string?> Files = new("--files") { Description = "the folder with demo/ and crds/ (default: the checkout's deploy)" };
    private static readonly Option<string?> Prometheus = new("--prometheus") { Description = "the Prometheus binary (default: $PROMETHEUS, else prometheus on the PATH)" };
    private static readonly Option<int> ApiPort = new("--api-port") { Description = "port of the local cluster's API (default: a free one)" };
    private static readonly Option<int> GatewayPort = new("--gateway-port") { Description = "port of the gateway (default: a free one)" };
    private static readonly Option<int> PrometheusPort = new("--prometheus-port") { Description = "port of Prometheus (default: a free one)" };
    private static readonly Option<int> Rate = new("--rate") { DefaultValueFactory = _ => new DemoOptions().Rate, Description = "requests a second through the gateway" };

    public static Command Make()
    {
        var command = new Command("demo", "Watch the judge deliver two versions, on a small cluster of this machine")
        {
            Exit, Swap, Files, Prometheus, ApiPort, GatewayPort, PrometheusPort, Rate,
        };
        foreach (var port in (Option<int>[])[ApiPort, GatewayPort, PrometheusPort])
            port.Validators.Add(r =>
            {
                if (r.GetValueOrDefault<int>() is < 0 or > 65535) r.AddError($"{r.Option.Name}: expected a port between 0 and 65535");
            });
        Rate.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > 2000) r.AddError("--rate: expected 1 to 2000 requests a second");
        });
        command.SetAction((result, token) => DemoProgram.RunAsync(Read(result), token));
        return command;
    }

    private static DemoOptions Read(ParseResult result) => new()
    {
        Exit = result.GetValue(Exit),
        Swap = result.GetValue(Swap),
        Files = result.GetValue(Files),
        Prometheus = result.GetValue(Prometheus),
        ApiPort = result.GetValue(ApiPort),
        GatewayPort = result.GetValue(GatewayPort),
        PrometheusPort = result.GetValue(PrometheusPort),
        Rate = result.GetValue(Rate),
    };
}
