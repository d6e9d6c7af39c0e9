namespace CanaryAnalyzer.Cli.Demo;

/// <summary>The images of the demo, with the good and the bad version changed for each other where that is asked for.</summary>
internal static class Images
{
    private const string Second = "hello:1.23.2";
    private const string Third = "hello:1.23.3";

    public static string Write(string from, string to, bool swap)
    {
        var text = File.ReadAllText(from);
        if (swap)
            text = text.Replace(Second + ":", "\0", StringComparison.Ordinal).Replace(Third + ":", Second + ":", StringComparison.Ordinal).Replace("\0", Third + ":", StringComparison.Ordinal);
        File.WriteAllText(to, text);
        return to;
    }
}
