namespace CanaryAnalyzer.Core.Values;

/// <summary>One thing that is wrong with a resource, with the place and what to write instead.</summary>
/// <param name="Path">Path of the field from the resource's root, such as <c>spec.strategy.canary.steps[1].setWeight</c>.</param>
/// <param name="Message">What is wrong there and what to write instead; a sentence without the path.</param>
public sealed record SpecError(string Path, string Message)
{
    /// <summary>What it is about, for those who treat such errors differently.</summary>
    public SpecErrorCode Code { get; init; }

    /// <summary>The name of what it is about, where the code says so; else empty.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The path and the message, as people read them in conditions and on terminals.</summary>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
