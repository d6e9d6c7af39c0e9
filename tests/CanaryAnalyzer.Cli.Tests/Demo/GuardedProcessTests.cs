using System.Diagnostics;
using System.Globalization;
using CanaryAnalyzer.Cli.Demo;

namespace CanaryAnalyzer.Cli.Tests.Demo;

/// <summary>Children end with the demo, however that ends.</summary>
public sealed class GuardedProcessTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly string _folder = Directory.CreateTempSubdirectory("canary-guard-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Child_ends_when_it_is_disposed_of()
    {
        int child;
        await using (GuardedProcess.Start("sleeper", Path.Combine(_folder, "log"), "/bin/sh", "-c", $"echo $$ > {_folder}/pid; exec sleep 1000"))
            child = await PidAsync();
        Assert.False(IsRunning(child));
    }

    [Fact]
    public async Task Child_that_ends_by_itself_is_noticed_with_its_last_words()
    {
        await using var process = GuardedProcess.Start("talker", Path.Combine(_folder, "log"), "/bin/sh", "-c", "echo first; echo no such thing; exit 7");
        var death = await process.DiedAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal("talker ended with exit code 7: no such thing", death.Message);
    }

    [Fact]
    public async Task Child_ignores_the_terminal_but_not_the_end_of_its_parent()
    {
        // A shell in the demo's place holds the pipe; it is killed as hard as can be.
        var holder = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "sleep 1000 | exec /bin/sh -c \"$GUARD\" sleeper \"$DIR/log\" /bin/sh -c 'echo $$ > '$DIR'/pid; exec sleep 1000'"])
        {
            Environment = { ["GUARD"] = GuardedProcess.Guard, ["DIR"] = _folder }, UseShellExecute = false,
        })!;
        using (holder)
        {
            var child = await PidAsync();
            Signal("HUP", child);
            Signal("INT", child);
            Assert.True(IsRunning(child));
            foreach (var writer in Children(holder.Id).Where(pid => File.ReadAllText($"/proc/{pid}/comm").Trim() == "sleep").ToList())
                Signal("KILL", writer);
            await UntilAsync(() => !IsRunning(child), "the child ends with the pipe");
        }
    }

    private Task<int> PidAsync() => ReadAsync(Path.Combine(_folder, "pid"));

    private static async Task<int> ReadAsync(string file)
    {
        var pid = 0;
        await UntilAsync(() => File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out pid), "the child says its pid");
        return pid;
    }

    private static async Task UntilAsync(Func<bool> holds, string what)
    {
        var clock = Stopwatch.StartNew();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!holds())
        {
            Assert.True(clock.Elapsed < Limit, $"not in time: {what}");
            await again.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static IEnumerable<int> Children(int pid) =>
        File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture));

    // A zombie, which nobody has waited for yet, has ended; so has a process whose file vanishes between opening and reading.
    private static bool IsRunning(int pid)
    {
        try
        {
            return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void Signal(string signal, int pid)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {pid}"]);
        kill.WaitForExit();
    }
}
