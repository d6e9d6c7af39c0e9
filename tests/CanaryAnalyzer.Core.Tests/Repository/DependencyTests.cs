using System.Xml.Linq;

namespace CanaryAnalyzer.Core.Tests.Repository;

/// <summary>Who may know whom. What is not listed here is not allowed.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, string[]> Projects = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Kubernetes"] = ["Core"],
        ["Metrics"] = ["Core"],
        ["LocalCluster"] = [],
        ["Client"] = ["Core", "Kubernetes"],
        ["Dashboard"] = ["Core", "Kubernetes", "Client"],
        ["Service"] = ["Core", "Kubernetes", "Metrics", "Client", "Dashboard"],
        ["Launcher"] = ["Core", "Kubernetes", "Client"],
        ["Cli"] = ["Core", "Kubernetes", "Metrics", "Client", "Dashboard", "LocalCluster", "Service"],
    };

    private static readonly Dictionary<string, string[]> Packages = new(StringComparer.Ordinal)
    {
        ["Core"] = ["MathNet.Numerics"],
        ["Kubernetes"] = ["KubernetesClient", "KubernetesClient.Aot", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "YamlDotNet"],
        ["Metrics"] = ["Refit.HttpClientFactory", "Microsoft.Extensions.Http.Resilience"],
    };

    public static TheoryData<string> Sources => [.. RepositoryFolder.Files("src", "*.csproj")];

    [Theory]
    [MemberData(nameof(Sources))]
    public void Project_knows_only_those_it_may_know(string project)
    {
        var name = Name(project);
        Assert.True(Projects.TryGetValue(name, out var allowed), $"{name} is new: say whom it may know.");
        Assert.Empty(References(project, "ProjectReference").Select(Name).Except(allowed, StringComparer.Ordinal));
        if (Packages.TryGetValue(name, out var packages)) Assert.Empty(References(project, "PackageReference").Except(packages, StringComparer.Ordinal));
    }

    [Fact]
    public void Core_is_compiled_against_nothing_but_the_runtime_and_its_mathematics()
    {
        var foreign = typeof(CanaryAnalyzer.Core.Rollouts.RolloutDecider).Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(a => !a.StartsWith("System.", StringComparison.Ordinal) && a != "MathNet.Numerics");
        Assert.Empty(foreign);
    }

    [Theory]
    [InlineData("Kubernetes", "CanaryAnalyzer.Metrics")]
    [InlineData("Metrics", "CanaryAnalyzer.Kubernetes")]
    [InlineData("Core", "k8s")]
    [InlineData("LocalCluster", "CanaryAnalyzer.Core")]
    [InlineData("LocalCluster", "CanaryAnalyzer.Kubernetes")]
    public void Source_never_names(string project, string name) =>
        Assert.DoesNotContain(
            RepositoryFolder.Files($"src/CanaryAnalyzer.{project}", "*.cs"),
            f => RepositoryFolder.Lines(f).Any(l => l.StartsWith($"using {name}", StringComparison.Ordinal)));

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Path.Combine(RepositoryFolder.Path, project)).Descendants(kind).Select(r => r.Attribute("Include")!.Value.Replace('\\', '/'));

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project)["CanaryAnalyzer.".Length..];
}
