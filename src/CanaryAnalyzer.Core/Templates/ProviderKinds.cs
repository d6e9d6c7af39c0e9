using System.Collections.Immutable;
using System.Text.Json;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Values;

namespace CanaryAnalyzer.Core.Templates;

/// <summary>The kinds of providers, by the field under <c>provider</c>, or under <c>provider.plugin</c>, that names them. A new one is added here.</summary>
public static class ProviderKinds
{
    /// <summary>All kinds, in the order in which messages name them.</summary>
    public static ImmutableArray<Kind> All { get; } =
    [
        new("prometheus", "prometheus", typeof(PrometheusSpec), PrometheusSpec.TryParse),
        new(CompareSpec.ProviderName, $"plugin: {{{CompareSpec.ProviderName}: …}}", typeof(CompareSpec), CompareSpec.TryParse) { Compares = true },
    ];

    /// <summary>What to write instead of a provider that isn't known.</summary>
    internal static string Instead { get; } = $"use {string.Join(", or ", All.Select(kind => kind.Written))}";

    /// <summary>The kind of a field; null where there is none.</summary>
    public static Kind? Of(string field) => All.FirstOrDefault(kind => kind.Field == field);

    /// <summary>Reads a provider's object at a path, and adds all that is wrong; null where anything is.</summary>
    public delegate ProviderSpec? Parser(JsonElement json, string path, ICollection<SpecError> errors);

    /// <summary>A kind of provider.</summary>
    /// <param name="Field">The field that names it.</param>
    /// <param name="Written">How it is written, for messages.</param>
    /// <param name="Spec">The type of what its parser gives.</param>
    /// <param name="TryParse">Its parser.</param>
    public sealed record Kind(string Field, string Written, Type Spec, Parser TryParse)
    {
        /// <summary>Whether it compares and decides by itself.</summary>
        public bool Compares { get; init; }
    }
}
