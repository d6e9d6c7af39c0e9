using CanaryAnalyzer.Cli.Hosting;

namespace CanaryAnalyzer.Cli.Tests.Commands;

public sealed class CliTests : IAsyncLifetime
{
    private CliRun _cli = null!;

    public async ValueTask InitializeAsync() => _cli = await CliRun.StartAsync();

    public ValueTask DisposeAsync() => _cli.DisposeAsync();

    [Theory]
    [InlineData("/usr/local/bin/canaryctl", "canaryctl")]
    [InlineData("/usr/local/bin/kubectl-argo-rollouts", "kubectl argo rollouts")]
    [InlineData("kubectl-argo-rollouts.exe", "kubectl argo rollouts")]
    [InlineData(null, "canaryctl")]
    public void Name_of_the_call_is_that_of_the_link(string? path, string expected) => Assert.Equal(expected, CallName.Of(path));

    [Fact]
    public async Task Help_names_the_commands_and_the_name_of_the_call()
    {
        Assert.Equal(0, await _cli.RunBareAsync("canaryctl", ["--help"]));
        Golden.Check("help.txt", _cli.Out);

        await _cli.RunBareAsync("kubectl argo rollouts", ["--help"]);
        Assert.Contains("kubectl argo rollouts [command] [options]", _cli.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_told_in_a_line_where_wanted()
    {
        Assert.Equal(0, await _cli.RunBareAsync("version", "--short"));
        Assert.Matches("^canaryctl: v[0-9]+\\.[0-9]+\\.[0-9]+[^\n]*\n$", _cli.Out);

        await _cli.RunBareAsync("kubectl argo rollouts", ["version"]);
        Assert.Contains("kubectl-argo-rollouts (canaryctl): v", _cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get", "rollout")]
    [InlineData("promote")]
    [InlineData("abort")]
    [InlineData("nonsense")]
    public async Task Wrong_use_is_exit_code_1(params string[] arguments)
    {
        Assert.Equal(1, await _cli.RunBareAsync(arguments));
        Assert.NotEmpty(_cli.Error);
    }
}
