using CanaryAnalyzer.Cli.Demo;
using CanaryAnalyzer.Testing.Files;

namespace CanaryAnalyzer.Cli.Tests.Demo;

public sealed class DemoFilesTests
{
    [Fact]
    public void Swapped_images_change_the_behaviour_of_the_two_versions_and_of_no_other()
    {
        var from = Repository.PathOf("deploy/demo/images.yaml");
        var to = Path.GetTempFileName();
        try
        {
            var (before, after) = (Lines(from), Lines(Images.Write(from, to, swap: true)));
            Assert.Contains("errors: 5%", before["hello:1.23.3"], StringComparison.Ordinal);
            Assert.Equal((before["hello:1.23.2"], before["hello:1.23.3"]), (after["hello:1.23.3"], after["hello:1.23.2"]));
            Assert.Equal((before["hello:1.23.1"], before["hello:1.23.4"]), (after["hello:1.23.1"], after["hello:1.23.4"]));
        }
        finally
        {
            File.Delete(to);
        }
    }

    [Fact]
    public void Folder_of_a_demo_that_was_killed_is_removed_by_the_next()
    {
        var abandoned = Directory.CreateTempSubdirectory("canary-demo-").FullName;
        // No process has this number: the kernel's are smaller.
        File.WriteAllText(Path.Combine(abandoned, "pid"), int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture));
        string path;
        using (var folder = DemoFolder.Create())
        {
            path = folder.Path;
            Assert.False(Directory.Exists(abandoned));
            Assert.True(Directory.Exists(path));
            using var beside = DemoFolder.Create();
            Assert.True(Directory.Exists(path));
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void Files_are_found_beside_the_build_and_missing_ones_are_named()
    {
        Assert.Equal(Repository.PathOf("deploy"), DemoFolder.Files(null));
        Assert.Equal("--files: /nowhere has no demo/images.yaml", Assert.Throws<DemoFailure>(() => DemoFolder.Files("/nowhere")).Message);
    }

    [Fact]
    public void Prometheus_that_is_not_there_is_said_in_one_line()
    {
        var failure = Assert.Throws<DemoFailure>(() => PrometheusProcess.Find(new DemoOptions { Prometheus = "/nowhere/prometheus" }));
        Assert.Equal("there is no Prometheus (/nowhere/prometheus): run deploy/demo/run.sh, which fetches one, or set PROMETHEUS=/path/of/prometheus", failure.Message);
    }

    private static Dictionary<string, string> Lines(string file) => File.ReadLines(file).Where(l => l.StartsWith("  hello:", StringComparison.Ordinal))
        .Select(l => l.Trim().Split(": ", 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
}
