namespace CanaryAnalyzer.Cli.Demo;

/// <summary>What there is to show, filled by the story and read by the display.</summary>
internal sealed class DemoState
{
    private readonly Lock _lock = new();
    private readonly List<(DateTimeOffset At, string Text)> _lines = [];
    private RolloutScene _scene = RolloutScene.Empty;

    /// <summary>Called with each line when it is said.</summary>
    public Action<string>? Listener { get; set; }

    public DateTimeOffset Began { get; } = TimeProvider.System.GetUtcNow();

    public LoadGenerator? Load { get; set; }

    public RolloutScene Scene
    {
        get
        {
            lock (_lock)
                return _scene;
        }

        set
        {
            lock (_lock)
                _scene = value;
        }
    }

    public IReadOnlyList<(DateTimeOffset At, string Text)> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public void Say(string text)
    {
        lock (_lock)
            _lines.Add((TimeProvider.System.GetUtcNow(), text));
        Listener?.Invoke(text);
    }

    /// <summary>Says what the screen shows anyway, as part of the scene.</summary>
    public void Mention(string text) => Listener?.Invoke(text);
}
