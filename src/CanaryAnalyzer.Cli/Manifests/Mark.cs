namespace CanaryAnalyzer.Cli.Manifests;

/// <summary>A place in a file; both count from 1.</summary>
internal readonly record struct Mark(int Line, int Column)
{
    public static Mark Start { get; } = new(1, 1);

    public static Mark Of(YamlDotNet.Core.Mark mark) => new((int)mark.Line, (int)mark.Column);
}
