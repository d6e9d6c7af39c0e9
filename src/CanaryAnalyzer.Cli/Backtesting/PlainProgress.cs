using System.Globalization;
using CanaryAnalyzer.Core.Backtests.Findings;

namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>A line now and then, for logs. What remains is told from the steps that took time.</summary>
internal sealed class PlainProgress(TextWriter writer, TimeProvider time) : IBacktestProgress
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private string _name = "";
    private string _remark = "";
    private int _total;
    private int _done;
    private int _free;
    private long _began;
    private long _told;

    public void Begin(string name, int total)
    {
        lock (_lock)
        {
            (_name, _total, _done, _free) = (name, total, 0, 0);
            _began = _told = time.GetTimestamp();
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {total}"));
        }
    }

    public void Step(bool isFree = false)
    {
        lock (_lock)
        {
            _done++;
            if (isFree) _free++;
            if (_done >= _total || time.GetElapsedTime(_told) < Beat) return;
            _told = time.GetTimestamp();
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_name}: {_done} of {_total}{(_free > 0 ? $" ({_free} from the cache)" : "")}{Remaining()}"));
        }
    }

    public void Remark(string sentence)
    {
        lock (_lock)
        {
            if (sentence == _remark) return;
            _remark = sentence;
            writer.WriteLine(sentence);
        }
    }

    private string Remaining()
    {
        var worked = _done - _free;
        return worked == 0 ? "" : $", about {Recommender.Short(time.GetElapsedTime(_began) / worked * (_total - _done))} left";
    }
}
