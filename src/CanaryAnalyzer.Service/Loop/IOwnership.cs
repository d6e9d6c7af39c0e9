using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>Says which objects this controller works on.</summary>
internal interface IOwnership
{
    /// <summary>Whether an object carries this controller's instance id.</summary>
    bool IsOurs(JsonObject resource);

    /// <summary>Whether an object with these labels carries this controller's instance id.</summary>
    bool IsOurs(ImmutableSortedDictionary<string, string> labels);

    /// <summary>Another rollout controller that is at work on the same objects; null where there is none.</summary>
    ForeignHolder? ForeignHolder();
}
