using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using CanaryAnalyzer.Cli.Hosting;

namespace CanaryAnalyzer.Cli.Commands;

/// <summary><c>version</c>: what this program is.</summary>
internal static class VersionCommand
{
    public static Command Make(CliHost host)
    {
        var isShort = new Option<bool>("--short") { Description = "Only the version" };
        var command = new Command("version", "Print the version") { isShort };
        command.SetAction(parsed =>
        {
            var version = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            var name = host.CommandName == CallName.Own ? CallName.Own : $"{CallName.Plugin} ({CallName.Own})";
            host.Out.WriteLine($"{name}: v{version}");
            if (parsed.GetValue(isShort))
                return;
            host.Out.WriteLine($"  Runtime: {RuntimeInformation.FrameworkDescription}");
            host.Out.WriteLine($"  Platform: {RuntimeInformation.RuntimeIdentifier}");
        });
        return command;
    }
}
