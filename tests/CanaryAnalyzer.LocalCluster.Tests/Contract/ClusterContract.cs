using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

/// <summary>
/// What CanaryAnalyzer needs of the Kubernetes API. The same tests run against the local cluster and against a real API server; where the two
/// differ, the local one is wrong.
/// </summary>
public abstract partial class ClusterContract<T>(T cluster) : IClassFixture<T>
    where T : class, IContractCluster
{
    private const string Group = "/apis/contract.canaryanalyzer.io/v1";

    private ApiClient Api => cluster.Client;

    private string Ns => cluster.Namespace;

    private string ConfigMaps => $"/api/v1/namespaces/{Ns}/configmaps";

    private string Widgets => $"{Group}/namespaces/{Ns}/widgets";

    private string Notes => $"{Group}/namespaces/{Ns}/notes";

    private string Deployments => $"/apis/apps/v1/namespaces/{Ns}/deployments";

    private string ReplicaSets => $"/apis/apps/v1/namespaces/{Ns}/replicasets";

    private string Services => $"/api/v1/namespaces/{Ns}/services";

    private string Pods => $"/api/v1/namespaces/{Ns}/pods";

    /// <summary>A name that no other test uses.</summary>
    private static string NewName() => "t" + Guid.NewGuid().ToString("N")[..10];

    private async Task<string> NewConfigMapAsync(string content = "{}", string labels = "{}")
    {
        var name = NewName();
        (await Api.PostAsync(ConfigMaps, $$"""{"metadata":{"name":"{{name}}","labels":{{labels}} },"data":{{content}} }""")).Must(201);
        return $"{ConfigMaps}/{name}";
    }

    private async Task<string> NewWidgetAsync(string spec = """{"colour":"Red"}""")
    {
        var name = NewName();
        (await Api.PostAsync(Widgets, Widget(name, spec))).Must(201);
        return $"{Widgets}/{name}";
    }

    private static string Widget(string name, string spec) =>
        $$"""{"apiVersion":"contract.canaryanalyzer.io/v1","kind":"Widget","metadata":{"name":"{{name}}"},"spec":{{spec}} }""";

    private async Task<string> NewDeploymentAsync(int replicas = 0)
    {
        var name = NewName();
        (await Api.PostAsync(Deployments, Workload("Deployment", name, replicas))).Must(201);
        return $"{Deployments}/{name}";
    }

    private static string Workload(string kind, string name, int replicas, string image = "hello:1.23.1") => $$"""
        {"apiVersion":"apps/v1","kind":"{{kind}}","metadata":{"name":"{{name}}"},"spec":{"replicas":{{replicas}},"selector":{"matchLabels":{"app":"{{name}}"} },
         "template":{"metadata":{"labels":{"app":"{{name}}"} },"spec":{"containers":[{"name":"web","image":"{{image}}","ports":[{"containerPort":80}]}]} } } }
        """;

    private static IEnumerable<JsonNode> Items(ApiClient.Answer list) => ((JsonArray)list.At("items")!).OfType<JsonNode>();

    private static string Name(JsonNode item) => item["metadata"]!["name"]!.GetValue<string>();
}
