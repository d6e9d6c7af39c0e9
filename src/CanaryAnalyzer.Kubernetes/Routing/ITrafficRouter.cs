using System.Text.Json.Nodes;
using CanaryAnalyzer.Core.Effects;

namespace CanaryAnalyzer.Kubernetes.Routing;

/// <summary>Writes weights where gateways read them.</summary>
public interface ITrafficRouter
{
    /// <summary>Sets the weights, where they are not set yet; changes nothing else.</summary>
    /// <param name="effect">The weights.</param>
    /// <param name="servicesNamespace">The namespace of the Services.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The route as it is stored now; null where nothing had to be sent.</returns>
    Task<JsonObject?> SetWeightAsync(Effect.SetRouteWeight effect, string servicesNamespace, CancellationToken cancellationToken);
}
