using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Cli.Rendering;

namespace CanaryAnalyzer.Cli.Analyzing;

/// <summary>Shows an analysis: once at its end, or look by look; on a terminal in place, else a line a look.</summary>
internal sealed class AnalysisView(CliHost host, AnalysisLoop loop, AnalysisSubject subject, LookSpan span, bool isJson)
{
    private readonly JudgementText _text = new(new Palette(host.HasColours), host.Width);
    private readonly Screen _screen = new(host);
    private readonly Dictionary<string, int> _shown = new(StringComparer.Ordinal);

    /// <summary>Runs the analysis; interrupted it ends with what is known.</summary>
    public async Task<Outcome> ShowAsync(bool follow, CancellationToken cancellationToken)
    {
        try
        {
            await loop.RunAsync(() => follow && !isJson ? ShowLooksAsync() : Task.CompletedTask, cancellationToken);
        }
        catch (OperationCanceledException) when (follow)
        {
            // Enough seen.
        }

        var outcome = loop.Outcome;
        if (isJson)
            await host.Out.WriteAsync(ObjectText.Json(JudgementText.Json(loop.Judgements, outcome, span, subject.NotLookedAt)));
        else if (follow && host.IsTerminal)
            await _screen.ShowAsync(_text.Of(loop.Judgements, outcome, isOver: true, subject.NotLookedAt));
        else
            await host.Out.WriteAsync((_shown.Count > 0 ? "\n" : "") + _text.Of(loop.Judgements, outcome, isOver: true, subject.NotLookedAt));
        return outcome;
    }

    private async Task ShowLooksAsync()
    {
        if (host.IsTerminal)
        {
            await _screen.ShowAsync(_text.Of(loop.Judgements, loop.Outcome, isOver: false, subject.NotLookedAt));
            return;
        }

        foreach (var judgement in loop.Judgements)
        {
            var look = Verdict.Of(judgement.Measurement).Look;
            if (_shown.GetValueOrDefault(judgement.Metric, -1) == look && !Verdict.Of(judgement.Measurement).IsUnanswered)
                continue;
            _shown[judgement.Metric] = look;
            await host.Out.WriteAsync(JudgementText.Line(judgement, host.Time.GetUtcNow()));
        }

        await host.Out.FlushAsync();
    }
}
