using CanaryAnalyzer.EndToEnd.Tests.Delivery;
using CanaryAnalyzer.EndToEnd.Tests.Policies;
using CanaryAnalyzer.EndToEnd.Tests.RealData;
using CanaryAnalyzer.EndToEnd.Tests.Releases;
using CanaryAnalyzer.EndToEnd.Tests.Steps;
using Xunit.Sdk;
using Xunit.v3;

namespace CanaryAnalyzer.EndToEnd.Tests.Stages;

/// <summary>Begins with the classes whose stories take longest, so that none of them is left alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly Type[] Longest =
    [
        typeof(SwingingTrafficTests), typeof(GoodAgainstGoodTests), typeof(DisturbedPauseTests), typeof(WatchedReleaseTests), typeof(JudgedDeliveryTests), typeof(PromotionPolicyTests),
        typeof(ComparisonBesideStepsTests), typeof(SwappedBehavioursTests), typeof(ReleaseChainTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(Place)];

    // A collection is a class, named in its display name.
    private static int Place<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var place = Array.FindIndex(Longest, type => collection.TestCollectionDisplayName.Contains(type.FullName!, StringComparison.Ordinal));
        return place < 0 ? Longest.Length : place;
    }
}
