using System.Globalization;
using CanaryAnalyzer.Cli.Manifests;
using CanaryAnalyzer.Core.Templates;
using CanaryAnalyzer.Core.Values;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Cli.Linting;

/// <summary>Looks for the templates that objects name.</summary>
internal sealed class ReferenceLint(IClusterView view, bool allowMissing)
{
    /// <summary>Whether an error is reported elsewhere: at the template whose text is wrong, or, of a missing one, by <see cref="Missing"/>.</summary>
    public static bool IsToldElsewhere(SpecError error) => error.Code is SpecErrorCode.InTemplate or SpecErrorCode.TemplateNotFound;

    /// <summary>The named templates that are in none of the files.</summary>
    /// <param name="manifest">Who names them.</param>
    /// <param name="path">The path of the object that has <c>templates</c>.</param>
    /// <param name="references">The templates.</param>
    public IEnumerable<Finding> Missing(Manifest manifest, string path, IEnumerable<TemplateReference> references)
    {
        foreach (var (index, reference) in references.Index())
        {
            if (Has(manifest, reference))
                continue;
            var known = view.InNamespace(Type(reference), "").Select(one => one.Text("metadata", "name") ?? "");
            var hint = NearestWord.Of(reference.Name, known) is { } meant ? $"did you mean {meant}?" : "give its file too";
            var elsewhere = Has(manifest, reference with { ClusterScope = !reference.ClusterScope })
                ? reference.ClusterScope ? "there is an AnalysisTemplate of that name: leave out clusterScope" : "there is a ClusterAnalysisTemplate of that name: write clusterScope: true"
                : hint;
            yield return Finding.Of(
                manifest, string.Create(CultureInfo.InvariantCulture, $"{path}.templates[{index}].templateName"), $"{reference} is in none of the files; {elsewhere}", allowMissing);
        }
    }

    private bool Has(Manifest manifest, TemplateReference reference) =>
        view.Get(Type(reference), new ResourceKey(reference.ClusterScope ? null : manifest.Resource.Text("metadata", "namespace"), reference.Name)) is not null;

    private static ResourceType Type(TemplateReference reference) => reference.ClusterScope ? ResourceType.ClusterAnalysisTemplates : ResourceType.AnalysisTemplates;
}
