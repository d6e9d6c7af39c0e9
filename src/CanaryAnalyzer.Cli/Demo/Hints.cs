namespace CanaryAnalyzer.Cli.Demo;

/// <summary>Commands to try while the demo stays up, each whole and on the demo's own cluster.</summary>
internal static class Hints
{
    public static IEnumerable<string> Of(string kubeconfig, Uri gateway, Uri prometheus)
    {
        var kubectl = $"kubectl --kubeconfig {kubeconfig}";
        var canaryctl = $"{Program()} --kubeconfig {kubeconfig}";
        return
        [
            "Everything stays up until Ctrl-C. Try, in another terminal:",
            "",
            "  the Rollout, its weights and its verdicts",
            $"    {canaryctl} get rollout {SceneReader.Rollout}",
            $"    {kubectl} get rollouts,analysisruns,pods,httproutes",
            "  a request through the gateway, and the numbers that the judge reads",
            $"    curl -H 'Host: example.com' {gateway}",
            $"    {prometheus}graph?g0.expr=sum%20by%20(pod%2C%20code)%20(rate(http_requests_received_total%5B20s%5D))&g0.tab=0&g0.range_input=10m",
            "  another good version",
            $"    {kubectl} patch deployment web -p '{{\"spec\":{{\"template\":{{\"spec\":{{\"containers\":[{{\"name\":\"web\",\"image\":\"hello:1.23.4\"}}]}}}}}}}}'",
            "  make it fail 5 % of its requests while it is judged, and see the judge find it",
            $"    {kubectl} annotate pods --overwrite -l rollouts-pod-template-hash=$({kubectl} get rollout {SceneReader.Rollout} -o jsonpath='{{.status.currentPodHash}}') canaryanalyzer.io/behaviour=errors=5%",
        ];
    }

    private static string Program()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "canaryctl");
        return File.Exists(program) ? program : $"dotnet {Path.Combine(AppContext.BaseDirectory, "canaryctl.dll")}";
    }
}
