using System.Runtime.CompilerServices;

namespace CanaryAnalyzer.Cli.Tests;

/// <summary>Texts that must not change unnoticed, in the folder Golden; UPDATE_GOLDEN=1 writes them anew.</summary>
internal static class Golden
{
    public static void Check(string name, string actual, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(Root(caller), "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing; UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    private static string Root(string caller)
    {
        var folder = Path.GetDirectoryName(caller)!;
        while (!File.Exists(Path.Combine(folder, "CanaryAnalyzer.Cli.Tests.csproj")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
