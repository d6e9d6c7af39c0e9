using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.LocalCluster.Tests.Contract;

/// <summary>What the contract needs on a cluster before it begins: a namespace, and two custom kinds, with and without a status subresource.</summary>
internal static class ContractWorld
{
    public const string Definition = "widgets.contract.canaryanalyzer.io";
    public const string PlainDefinition = "notes.contract.canaryanalyzer.io";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task PrepareAsync(ApiClient client, string @namespace)
    {
        await client.PostAsync("/api/v1/namespaces", $$"""{"metadata":{"name":"{{@namespace}}"} }""");
        await client.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Crd("widgets", "Widget", """{"status":{},"scale":{"specReplicasPath":".spec.size","statusReplicasPath":".status.size"}}"""));
        await client.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Crd("notes", "Note", "{}"));
        foreach (var plural in (string[])["widgets", "notes"])
            await UntilAsync(async () => (await client.GetAsync($"/apis/contract.canaryanalyzer.io/v1/namespaces/{@namespace}/{plural}")).Code == 200, $"{plural} are served");
        // A real cluster makes the namespace's service account before it admits pods.
        await UntilAsync(async () => (await client.PostAsync($"/api/v1/namespaces/{@namespace}/configmaps?dryRun=All", """{"metadata":{"name":"probe"}}""")).Code == 201, "the namespace is there");
    }

    /// <summary>Looks again until it holds: another process decides when.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var clock = Stopwatch.StartNew();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await holds())
        {
            Assert.True(clock.Elapsed < Limit, $"not within {Limit.TotalSeconds} s: {what}");
            await again.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static string Crd(string plural, string kind, string subresources) => JsonNode.Parse($$"""
        {"metadata":{"name":"{{plural}}.contract.canaryanalyzer.io"},
         "spec":{"group":"contract.canaryanalyzer.io","scope":"Namespaced","names":{"plural":"{{plural}}","singular":"{{kind.ToLowerInvariant()}}","kind":"{{kind}}","shortNames":["{{plural[..2]}}c"]},
          "versions":[{"name":"v1","served":true,"storage":true,"subresources":{{subresources}},
           "additionalPrinterColumns":[{"name":"Colour","type":"string","jsonPath":".spec.colour"},{"name":"Ready","type":"string","jsonPath":".status.conditions[?(@.type==\"Ready\")].status"}],
           "schema":{"openAPIV3Schema":{"type":"object","required":["spec"],"properties":{
            "spec":{"type":"object","required":["colour"],"properties":{
              "colour":{"type":"string","enum":["Red","Green"]},"size":{"type":"integer","minimum":0,"maximum":10},"share":{"x-kubernetes-int-or-string":true},
              "name":{"type":"string","pattern":"^[a-z]+$","default":"nobody"},
              "open":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
              "parts":{"type":"array","items":{"type":"object","properties":{"key":{"type":"string"},"value":{"type":"string"} } } } } },
            "status":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } } } }]} }
        """)!.ToJsonString();
}
