using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CanaryAnalyzer.Cli.Demo;

/// <summary>Draws the state: the versions as a tree, where the traffic goes, and what was said.</summary>
internal static class Screen
{
    private const int Bar = 24;

    public static IRenderable Draw(DemoState state, int lines)
    {
        var scene = state.Scene;
        var parts = new List<IRenderable> { Title(scene), Tree(state), new Markup("") };
        if (scene.Judgement is { Sentence.Length: > 0 } judgement)
            parts.Add(new Panel(new Markup($"[{Colour(judgement.Phase)}]{Markup.Escape(judgement.Phase)}[/] {Markup.Escape(judgement.Sentence)}")).Header("judge").Expand());
        foreach (var (at, text) in state.Lines.TakeLast(lines))
            parts.Add(new Markup($"[grey]{Since(state, at)}[/] {Markup.Escape(text)}"));
        return new Rows(parts);
    }

    public static string Since(DemoState state, DateTimeOffset at) => (at - state.Began).ToString(@"m\:ss", CultureInfo.InvariantCulture);

    private static Markup Title(RolloutScene scene) => new(
        $"[bold]rollout-canary[/]  [{Colour(scene.Phase)}]{Markup.Escape(scene.Phase.Length == 0 ? "starting" : scene.Phase)}[/]  step {scene.Step}  [grey]{Markup.Escape(scene.Message)}[/]");

    private static Tree Tree(DemoState state)
    {
        var scene = state.Scene;
        var total = Math.Max(1, scene.Weights.Values.Sum());
        var tree = new Tree(new Markup("[grey]versions, weights, and what came back[/]"));
        foreach (var version in scene.Versions.Where(v => v.Pods.Count > 0 || v.Hash == scene.StableHash || v.Hash == scene.CurrentHash))
        {
            var role = version.Hash == scene.StableHash ? "stable" : version.Hash == scene.CurrentHash ? "canary" : "";
            var weight = role.Length == 0 ? 0 : scene.Weights.GetValueOrDefault($"web-{role}") * 100 / total;
            // Fully promoted, both Services lead to the one version.
            if (scene.StableHash == scene.CurrentHash && role == "stable")
                weight = 100;
            var full = (int)(weight * Bar / 100);
            var node = tree.AddNode(new Markup(
                $"# revision:{version.Revision} [bold]{Markup.Escape(version.Image)}[/] {role,-6} [green]{new string('█', full)}[/][grey]{new string('░', Bar - full)}[/] {weight,3} %  {Traffic(state, version.Image)}"));
            foreach (var (name, podState) in version.Pods)
                node.AddNode(new Markup($"{Markup.Escape(name)} [{(podState == "ready" ? "green" : "yellow")}]{Markup.Escape(podState)}[/]"));
        }

        return tree;
    }

    private static string Traffic(DemoState state, string image)
    {
        if (state.Load?.Counts.GetValueOrDefault(image) is not { Requests: > 0 } count)
            return "";
        return string.Create(CultureInfo.InvariantCulture, $"[grey]{count.Requests} requests, {100.0 * count.Errors / count.Requests:0.0} % errors[/]");
    }

    private static string Colour(string phase) => phase switch
    {
        "Healthy" or "Successful" => "green",
        "Degraded" or "Failed" or "Error" => "red",
        "Paused" => "yellow",
        _ => "blue",
    };
}
