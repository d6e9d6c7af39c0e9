using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CanaryAnalyzer.Kubernetes.Api.Schemas;

namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts;

/// <summary>One step of a canary release; at most one of its members is set.</summary>
[ExactlyOneOf("setWeight", "pause", "setCanaryScale", "analysis", "experiment", "setHeaderRoute", "setMirrorRoute", "plugin")]
public sealed class CanaryStep
{
    /// <summary>Percentage of traffic for the new version.</summary>
    [Range(0, int.MaxValue)]
    public int? SetWeight { get; set; }

    /// <summary>Waits for a time, for a human, or for a policy's judgement.</summary>
    public PauseStep? Pause { get; set; }

    /// <summary>Scales the new version apart from its traffic. Needs traffic routing.</summary>
    public ScaleStep? SetCanaryScale { get; set; }

    /// <summary>Waits for an AnalysisRun that this step starts.</summary>
    public RolloutAnalysis? Analysis { get; set; }

    /// <summary>Waits for an Experiment that this step starts.</summary>
    public ExperimentStep? Experiment { get; set; }

    /// <summary>Sends requests with certain headers to the new version.</summary>
    public HeaderRouteStep? SetHeaderRoute { get; set; }

    /// <summary>Sends copies of certain requests to the new version.</summary>
    public MirrorRouteStep? SetMirrorRoute { get; set; }

    /// <summary>Waits for a step plugin.</summary>
    public PluginStep? Plugin { get; set; }

    /// <summary>A step that waits.</summary>
    public sealed class PauseStep
    {
        /// <summary>How long to wait; until somebody promotes, if absent.</summary>
        [Shape(ValueShape.Wait, TakesArguments = false)]
        public IntOrString? Duration { get; set; }
    }

    /// <summary>Scales the new version apart from its traffic; one of its members is set.</summary>
    public sealed class ScaleStep
    {
        /// <summary>Percentage of spec.replicas.</summary>
        public int? Weight { get; set; }

        /// <summary>Number of pods.</summary>
        public int? Replicas { get; set; }

        /// <summary>Back to the share of pods that the traffic has.</summary>
        public bool? MatchTrafficWeight { get; set; }
    }

    /// <summary>Sends requests with certain headers to the new version.</summary>
    public sealed class HeaderRouteStep
    {
        /// <summary>Name of the route; must be among the managedRoutes.</summary>
        public string? Name { get; set; }

        /// <summary>Headers that a request must carry; none removes the route.</summary>
        public List<HeaderMatch>? Match { get; set; }
    }

    /// <summary>What one header must be.</summary>
    public sealed class HeaderMatch
    {
        /// <summary>Name of the header.</summary>
        public required string HeaderName { get; set; }

        /// <summary>What its value must be.</summary>
        public required StringMatch HeaderValue { get; set; }
    }

    /// <summary>Sends copies of certain requests to the new version.</summary>
    public sealed class MirrorRouteStep
    {
        /// <summary>Name of the route; must be among the managedRoutes.</summary>
        public required string Name { get; set; }

        /// <summary>Requests that are copied; none removes the route.</summary>
        public List<RouteMatch>? Match { get; set; }

        /// <summary>Percentage of these requests that is copied; 100 if absent.</summary>
        public int? Percentage { get; set; }
    }

    /// <summary>What a request must be.</summary>
    public sealed class RouteMatch
    {
        /// <summary>What its method must be.</summary>
        public StringMatch? Method { get; set; }

        /// <summary>What its path must be.</summary>
        public StringMatch? Path { get; set; }

        /// <summary>What its headers must be, by name.</summary>
        public Dictionary<string, StringMatch>? Headers { get; set; }
    }

    /// <summary>What a text must be; one of its members is set.</summary>
    public sealed class StringMatch
    {
        /// <summary>Exactly this.</summary>
        public string? Exact { get; set; }

        /// <summary>Something that begins with this.</summary>
        public string? Prefix { get; set; }

        /// <summary>Something that this regular expression matches.</summary>
        public string? Regex { get; set; }
    }

    /// <summary>A step that an installed plugin performs.</summary>
    public sealed class PluginStep
    {
        /// <summary>Name of the plugin.</summary>
        public required string Name { get; set; }

        /// <summary>The plugin's own settings.</summary>
        public JsonElement? Config { get; set; }
    }
}
