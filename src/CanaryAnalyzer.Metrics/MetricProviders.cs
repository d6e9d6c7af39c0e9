using CanaryAnalyzer.Core.Templates;

namespace CanaryAnalyzer.Metrics;

/// <summary>All providers, chosen by the kind of a metric's spec.</summary>
/// <param name="registrations">The registered providers.</param>
public sealed class MetricProviders(IEnumerable<MetricProviders.Registration> registrations)
{
    private readonly Dictionary<Type, Registration> _bySpec = registrations.ToDictionary(registration => registration.Spec);

    /// <summary>Asks the provider that the spec is for.</summary>
    /// <param name="spec">What the metric says.</param>
    /// <param name="request">The facts around it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Its answer; Failed where there is no provider for such a spec.</returns>
    public ValueTask<ProviderAnswer> MeasureAsync(ProviderSpec spec, MeasurementRequest request, CancellationToken cancellationToken) =>
        _bySpec.TryGetValue(spec.GetType(), out var provider)
            ? provider.MeasureAsync(spec, request, cancellationToken)
            : ValueTask.FromResult<ProviderAnswer>(new ProviderAnswer.Failed("the metric's provider can't be read"));

    /// <summary>A provider and the kind of spec that it is for.</summary>
    /// <param name="Spec">The spec's type.</param>
    /// <param name="MeasureAsync">Asks it.</param>
    public sealed record Registration(Type Spec, Func<ProviderSpec, MeasurementRequest, CancellationToken, ValueTask<ProviderAnswer>> MeasureAsync);
}
