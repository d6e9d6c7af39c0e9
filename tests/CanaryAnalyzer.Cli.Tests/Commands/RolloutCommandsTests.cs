using CanaryAnalyzer.Cli.Commands;
using CanaryAnalyzer.Cli.Hosting;

namespace CanaryAnalyzer.Cli.Tests.Commands;

/// <summary>The commands that are built alone say what the whole tree would say.</summary>
public sealed class RolloutCommandsTests
{
    [Theory]
    [InlineData(true, "get rollout web")]
    [InlineData(true, "-n team list rollouts")]
    [InlineData(true, "--kubeconfig get --context=a status web --watch")]
    [InlineData(true, "promote web --full")]
    [InlineData(true, "version")]
    [InlineData(false, "-n get")]
    [InlineData(false, "lint get")]
    [InlineData(false, "--help")]
    [InlineData(false, "--version")]
    [InlineData(false, "[suggest] get")]
    [InlineData(false, "demo --exit")]
    [InlineData(false, "")]
    public void Only_what_shows_and_steers_rollouts_is_handled(bool handled, string line) =>
        Assert.Equal(handled, RolloutCommands.Handle(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("get --help")]
    [InlineData("get rollout --help")]
    [InlineData("list rollouts -h")]
    [InlineData("status -h")]
    [InlineData("promote -h")]
    [InlineData("abort -h")]
    [InlineData("retry rollout -h")]
    [InlineData("pause -h")]
    [InlineData("get")]
    [InlineData("get rollouts")]
    [InlineData("get nothing")]
    [InlineData("list rollouts --colour")]
    [InlineData("status web --timeout soon")]
    [InlineData("version extra")]
    public async Task Help_and_mistakes_read_as_in_the_whole_tree(string line)
    {
        var arguments = line.Split(' ');

        Assert.Equal(
            await SaidAsync(host => CommandRunner.RunAsync(host, CanaryAnalyzer.Cli.Commands.Cli.Build(host), arguments, _ => null, TestContext.Current.CancellationToken)),
            await SaidAsync(host => RolloutCommands.RunAsync(host, arguments, TestContext.Current.CancellationToken)));
    }

    private static async Task<(int Code, string Out, string Error)> SaidAsync(Func<CliHost, Task<int>> run)
    {
        using var written = new StringWriter();
        using var error = new StringWriter();
        var host = new CliHost { Out = written, Error = error, IsTerminal = false, HasColours = false, Time = TimeProvider.System, CommandName = "canaryctl" };
        var code = await run(host);
        return (code, written.ToString(), error.ToString());
    }
}
