using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Routing;

namespace CanaryAnalyzer.Kubernetes.Tests.Routing.Conformance;

/// <summary>How the objects of one traffic router look. It knows them by itself and asks the router for nothing that the suite tests.</summary>
public abstract class RouterFixture
{
    /// <summary>The canary's Service in all routes.</summary>
    public const string Canary = "web-canary";

    /// <summary>The stable version's Service in all routes.</summary>
    public const string Stable = "web-stable";

    /// <summary>The router.</summary>
    public abstract ITrafficRouter Router { get; }

    /// <summary>The files with the CustomResourceDefinitions of its kinds, relative to the repository's root.</summary>
    public abstract IReadOnlyList<string> Definitions { get; }

    /// <summary>The value of the router's field in a Rollout that uses routes of its own namespace.</summary>
    public abstract JsonNode Settings(params IReadOnlyList<string> routes);

    /// <summary>
    /// A valid route of the router's first kind that gives the canary nothing in at least two rules, among filters, further backends and rules of somebody
    /// else.
    /// </summary>
    public abstract JsonObject Route(string inNamespace, string name);

    /// <summary>Sets the weights of a route, and nothing else.</summary>
    public abstract void Weigh(JsonObject route, int canary);

    /// <summary>Changes something of a route that is no weight, as its owner would.</summary>
    public abstract void Edit(JsonObject route);

    /// <summary>Takes the canary's backend out of every rule; the route remains valid.</summary>
    public abstract void RemoveCanary(JsonObject route);

    /// <summary>The status by which this acceptance of a route is reported; null where this router has no such report.</summary>
    public abstract JsonObject? Status(JsonObject route, Acceptance acceptance);

    /// <summary>What is reported of a route.</summary>
    public enum Acceptance
    {
        /// <summary>Nothing.</summary>
        Unreported,

        /// <summary>Its present form is in force.</summary>
        Accepted,

        /// <summary>A former form is in force.</summary>
        Pending,

        /// <summary>It is refused.</summary>
        Refused,
    }
}
