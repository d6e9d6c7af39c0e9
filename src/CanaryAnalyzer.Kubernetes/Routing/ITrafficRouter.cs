using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;
using CanaryAnalyzer.Core.Rollouts.Observations;
using CanaryAnalyzer.Core.Rollouts.Specs;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Rollouts.Routers;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Routing;

/// <summary>
/// Reads and writes the weights of one way to split traffic. It has no state: everything that names routes goes through the one instance in
/// <see cref="TrafficRouters"/>.
/// </summary>
public interface ITrafficRouter
{
    /// <summary>The field of <c>trafficRouting</c> that chooses it, such as <c>nginx</c> or <c>plugins.argoproj-labs/gatewayAPI</c>.</summary>
    string Field { get; }

    /// <summary>What messages say about it.</summary>
    RouterTexts Texts { get; }

    /// <summary>The kinds that it reads and patches; the controller watches them.</summary>
    ImmutableArray<RouterType> Types { get; }

    /// <summary>Reads the routes that a spec names.</summary>
    /// <param name="wire">The value of <c>trafficRouting</c>.</param>
    /// <param name="path">The path of <see cref="Field"/> from the Rollout's root, for errors.</param>
    /// <param name="inNamespace">The Rollout's namespace.</param>
    /// <param name="errors">Gets what is wrong with the settings.</param>
    /// <returns>The routes; null where the field is absent.</returns>
    ImmutableArray<RouteReference>? Parse(TrafficRouting wire, string path, string inNamespace, ImmutableArray<SpecError>.Builder errors);

    /// <summary>The objects that settings name, whatever else is wrong with them: a change of one concerns the Rollout.</summary>
    /// <param name="settings">The value of <see cref="Field"/>; what cannot be read in it names nothing.</param>
    /// <param name="inNamespace">The Rollout's namespace.</param>
    IEnumerable<(ResourceType Type, ResourceKey Key)> Objects(JsonNode settings, string inNamespace);

    /// <summary>Reads a route as the cluster was last seen.</summary>
    /// <param name="reference">The route.</param>
    /// <param name="servicesNamespace">The namespace of the Services.</param>
    /// <param name="services">The Services between which it splits the traffic.</param>
    /// <param name="view">The cluster.</param>
    /// <returns>Its weights, and whether they are in force; a route that is missing does not exist in it.</returns>
    RouteObservation Read(RouteReference reference, string servicesNamespace, ServiceNames services, IClusterView view);

    /// <summary>Sets the weights by a patch that fails where the object was changed since it was read. It sends nothing where they are right.</summary>
    /// <param name="effect">The weights.</param>
    /// <param name="servicesNamespace">The namespace of the Services.</param>
    /// <param name="client">The API server.</param>
    /// <param name="view">The cluster as it was last seen, which the patch is made from.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The route as it is after the write.</returns>
    /// <exception cref="ResourceException">The route is missing, was changed since it was read (a conflict), or the API server did not answer.</exception>
    Task<RouteObservation> WriteAsync(
        Effect.SetRouteWeight effect, string servicesNamespace, IResourceClient client, IClusterView view, CancellationToken cancellationToken);

    /// <summary>Checks what a route depends on, for <c>canaryctl check rollout</c>.</summary>
    /// <param name="reference">The route.</param>
    /// <param name="client">The API server, with the rights of the user who checks.</param>
    /// <param name="view">The cluster as it was read for the check.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <returns>What was found; empty where there is nothing to check.</returns>
    Task<ImmutableArray<RouterFinding>> CheckAsync(RouteReference reference, IResourceClient client, IClusterView view, CancellationToken cancellationToken);
}
