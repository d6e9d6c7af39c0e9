using CanaryAnalyzer.Kubernetes.Observing;

namespace CanaryAnalyzer.Kubernetes.Tests.Observing;

public sealed class OwnFinalizerTests
{
    [Fact]
    public void Each_instance_has_its_own_and_none_is_longer_than_a_qualified_name_may_be()
    {
        var longest = new string('a', 63);

        Assert.Equal("canaryanalyzer.io/restore-workload", OwnFinalizer.Of("").Name);
        Assert.Equal("canaryanalyzer.io/restore-workload-blue", OwnFinalizer.Of("blue").Name);
        Assert.Matches("^canaryanalyzer.io/[a-z0-9-]{1,63}$", OwnFinalizer.Of(longest).Name);
        Assert.NotEqual(OwnFinalizer.Of(longest), OwnFinalizer.Of(longest[1..] + 'b'));
    }
}
