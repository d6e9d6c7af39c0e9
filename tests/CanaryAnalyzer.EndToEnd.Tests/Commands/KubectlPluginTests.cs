using CanaryAnalyzer.EndToEnd.Tests.Stages;
using CanaryAnalyzer.Kubernetes.Api;

namespace CanaryAnalyzer.EndToEnd.Tests.Commands;

/// <summary>What a person types: kubectl, and canaryctl as its plugin, over a release without a policy.</summary>
public sealed class KubectlPluginTests(Theatre theatre)
{
    [Fact]
    public async Task A_release_is_steered_by_the_machines_kubectl_and_the_plugin()
    {
        Assert.SkipWhen(CommandLine.Kubectl is null, "there is no kubectl on the path");
        await SteerAsync("commands", CommandLine.Kubectl);
    }

    [Fact]
    public async Task A_release_is_steered_by_debians_kubectl_and_the_plugin()
    {
        var kubectl = CommandLine.DebiansKubectl();
        Assert.SkipWhen(kubectl is null, "Debian's kubectl cannot be had: see tests/tools/get-debian-kubectl.sh");
        await SteerAsync("commands-debian", kubectl);
    }

    private async Task SteerAsync(string ns, string kubectl)
    {
        var stage = await theatre.StageAsync();
        await using var app = await App.DeliverFirstAsync(stage, ns);
        var user = new User(app, kubectl);
        var file = Path.Combine(stage.Programs, $"{ns}.yaml");
        await File.WriteAllTextAsync(file, string.Join("\n---\n", Manifests.World(app.Namespace), Manifests.Rollout(app.Namespace)), TestContext.Current.CancellationToken);

        await SaysAsync(user, "rollout.argoproj.io/app serverside-applied", "kubectl", "apply", "--server-side", "--force-conflicts", "-f", file);
        await SaysAsync(user, "deployment.apps/app image updated", "kubectl", "set", "image", "deployment/app", $"app={Versions.Good}");
        await PausedAsync(user, "Paused - CanaryPauseStep");
        var tree = await SaysAsync(user, "  SetWeight:     50", "kubectl", "argo", "rollouts", "get", "rollout", "app");
        Assert.Contains($"{Versions.Good} (canary)", tree, StringComparison.Ordinal);
        await SaysAsync(user, "50", "kubectl", "get", "httproute", "app", "-o", "jsonpath={.spec.rules[0].backendRefs[0].weight}");

        // All of it again in the pause, as a pipeline would: the weights come back, and no version is new.
        await SaysAsync(user, "httproute.gateway.networking.k8s.io/app serverside-applied", "kubectl", "apply", "--server-side", "--force-conflicts", "-f", await WithImageAsync(file, Versions.Good));
        await SaysAsync(user, "deployment.apps/app configured", "kubectl", "apply", "-f", file);
        await app.UntilAsync(ResourceType.HttpRoutes, "app", r => App.Text(r["spec"]!["rules"]![0]!["backendRefs"]![0], "weight") == "50", "the canary's weight put back");
        await SaysAsync(user, "2", "kubectl", "get", "rollout", "app", "-o", "jsonpath={.metadata.annotations.rollout\\.argoproj\\.io/revision}");

        await SaysAsync(user, "aborted", "kubectl", "argo", "rollouts", "abort", "app");
        await SaysAsync(user, "Degraded", "sh", "-c", "kubectl argo rollouts status app --timeout 30s; true");
        await SaysAsync(user, "retried", "kubectl", "argo", "rollouts", "retry", "rollout", "app");
        await PausedAsync(user, "Paused");
        await SaysAsync(user, "promoted", "kubectl", "argo", "rollouts", "promote", "app");
        await SaysAsync(user, "Healthy", "kubectl", "argo", "rollouts", "status", "app", "--timeout", "30s");
        await SaysAsync(user, "app", "kubectl", "argo", "rollouts", "list", "rollouts");
        await SaysAsync(user, "NAME   DESIRED   CURRENT   UP-TO-DATE   AVAILABLE", "kubectl", "get", "rollouts");
    }

    private static async Task PausedAsync(User user, string says)
    {
        await user.App.UntilAsync(r => App.Phase(r) == "Paused", "the pause");
        await SaysAsync(user, says, "kubectl", "argo", "rollouts", "status", "app", "--watch=false");
    }

    private static async Task<string> WithImageAsync(string file, string image)
    {
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text.Replace(Versions.First, image, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return file;
    }

    private static async Task<string> SaysAsync(User user, string text, string program, params string[] arguments)
    {
        var (app, kubectl) = user;
        // Scripts and plugins find this kubectl, too.
        var path = $"PATH={Path.GetDirectoryName(kubectl)}:{app.Stage.Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        var (code, output) = await CommandLine.RunAsync(app.Stage, "/usr/bin/env", app.Namespace, [path, program, .. arguments]);
        Assert.True(code == 0 && output.Contains(text, StringComparison.Ordinal), $"{program} {string.Join(' ', arguments)} ended with {code} and said:\n{output}\nThe controller said:\n{app.Controller.Log}");
        return output;
    }

    private sealed record User(App App, string Kubectl);
}
