using System.Threading.Channels;

namespace CanaryAnalyzer.Cli.Judging;

/// <summary>Judges lines side by side and writes the answers in their order, each as soon as it and those before it are known.</summary>
internal sealed class ScenarioLines(ScenarioJudge judge, TextReader input, TextWriter output, TextWriter errors)
{
    // Enough to keep all processors busy while one scenario takes longer than the others, and little memory however many lines come.
    private static readonly int Ahead = 8 * Environment.ProcessorCount;

    /// <summary>Judges all lines.</summary>
    /// <returns>How many lines were no scenarios.</returns>
    public async Task<int> JudgeAsync(CancellationToken cancellationToken)
    {
        var answers = Channel.CreateBounded<Task<Answered>>(Ahead);
        var reading = ReadAsync(answers.Writer, cancellationToken);
        var bad = 0;
        await foreach (var answer in answers.Reader.ReadAllAsync(cancellationToken))
        {
            var (text, problem) = await answer;
            if (problem.Length > 0)
            {
                bad++;
                await errors.WriteLineAsync(problem);
                continue;
            }

            await output.WriteLineAsync(text.AsMemory(), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }

        await reading;
        return bad;
    }

    private async Task ReadAsync(ChannelWriter<Task<Answered>> answers, CancellationToken cancellationToken)
    {
        try
        {
            var number = 0;
            while (await input.ReadLineAsync(cancellationToken) is { } line)
            {
                var at = ++number;
                if (!string.IsNullOrWhiteSpace(line))
                    await answers.WriteAsync(Task.Run(() => Answer(at, line), cancellationToken), cancellationToken);
            }

            answers.Complete();
        }
        catch (Exception failure)
        {
            answers.Complete(failure);
            throw;
        }
    }

    private Answered Answer(int number, string line)
    {
        try
        {
            return new Answered(judge.Answer(line), "");
        }
        catch (ScenarioException failure)
        {
            return new Answered("", $"Error: line {number}: {failure.Message}");
        }
    }

    private sealed record Answered(string Text, string Problem);
}
