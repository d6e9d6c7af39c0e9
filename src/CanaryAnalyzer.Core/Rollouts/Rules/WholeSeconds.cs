namespace CanaryAnalyzer.Core.Rollouts.Rules;

/// <summary>Kubernetes writes times in whole seconds.</summary>
internal static class WholeSeconds
{
    /// <summary>The instant, or the next whole second: what is written must never lie before what was meant.</summary>
    public static DateTimeOffset Up(DateTimeOffset instant)
    {
        var rest = instant.Ticks % TimeSpan.TicksPerSecond;
        return rest == 0 ? instant : instant.AddTicks(TimeSpan.TicksPerSecond - rest);
    }
}
