using System.Text.Json;
using CanaryAnalyzer.Core.Rollouts.Hashing;

namespace CanaryAnalyzer.Core.Tests.Rollouts.Hashing;

public sealed class PodHashTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":[1,2]}}""", """{ "b": {"c": [1, 2]}, "a": 1 }""")]
    [InlineData("""{"a":1}""", """{"a":1,"b":null,"c":{},"d":[]}""")]
    public void One_meaning_has_one_hash(string one, string other) => Assert.Equal(Of(one), Of(other));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":"1"}""", """{"a":1}""")]
    [InlineData("""{"a":false}""", "{}")]
    public void Other_templates_have_other_hashes(string one, string other) => Assert.NotEqual(Of(one), Of(other));

    [Fact]
    public void A_taken_hash_changes_with_the_count_of_collisions() =>
        Assert.Equal(3, new[] { Of("{}", 0), Of("{}", 1), Of("{}", 2) }.Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void A_hash_may_stand_in_a_name() => Assert.Matches("^[bcdfghjklmnpqrstvwxz2456789]{1,10}$", Of("""{"spec":{"containers":[{"image":"nginx"}]}}"""));

    private static string Of(string template, int collisions = 0)
    {
        using var document = JsonDocument.Parse(template);
        return PodHash.OfTemplate(document.RootElement, collisions);
    }
}
