using System.Collections.Immutable;

namespace CanaryAnalyzer.LocalCluster.Discovery;

/// <summary>The kinds that the server has now: the built-in ones and those of the CustomResourceDefinitions.</summary>
internal sealed class ResourceRegistry
{
    private ImmutableList<ResourceKind> _custom = [];

    public IEnumerable<ResourceKind> Kinds => BuiltInKinds.All.Concat(_custom);

    /// <summary>Every group version with what it has; the versions of a group in order of preference.</summary>
    public IEnumerable<IGrouping<string, ResourceKind>> Groups => Kinds.Where(k => k.Group.Length > 0).GroupBy(k => k.Group);

    public ResourceKind? Find(string group, string version, string plural) =>
        Kinds.FirstOrDefault(k => k.Group == group && k.Version == version && k.Plural == plural);

    /// <summary>Any version of a stored resource, the preferred one first.</summary>
    public ResourceKind? Find(string resource) => Kinds.FirstOrDefault(k => k.Resource == resource);

    public ResourceKind? FindKind(string apiVersion, string kind) => Kinds.FirstOrDefault(k => k.ApiVersion == apiVersion && k.Kind == kind);

    public void Register(string resource, IEnumerable<ResourceKind> versions) =>
        ImmutableInterlocked.Update(ref _custom, (kinds, next) => kinds.RemoveAll(k => k.Resource == resource).AddRange(next), versions.ToList());

    public void Unregister(string resource) => ImmutableInterlocked.Update(ref _custom, kinds => kinds.RemoveAll(k => k.Resource == resource));
}
