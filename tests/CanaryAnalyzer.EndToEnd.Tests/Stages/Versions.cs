namespace CanaryAnalyzer.EndToEnd.Tests.Stages;

/// <summary>The versions of the app, and how their pods behave.</summary>
internal static class Versions
{
    public const string First = "app:first";
    public const string Good = "app:good";
    public const string Bad = "app:bad";
    public const string Slow = "app:slow";
    public const string Tailed = "app:tailed";

    public const string Images = """
        images:
          app:first: {errors: 0.5%, latency: 16ms, spread: 0.5, start: 300ms}
          app:good: {errors: 0.5%, latency: 16ms, spread: 0.5, start: 300ms}
          app:bad: {errors: 5%, latency: 16ms, spread: 0.5, start: 300ms}
          app:slow: {errors: 0.5%, latency: 32ms, spread: 0.5, start: 300ms}
          app:tailed: {errors: 0.5%, latency: 16ms, spread: 0.5, slow: 5%, start: 300ms}
        """;
}
