namespace CanaryAnalyzer.Cli.Backtesting;

/// <summary>Tells how far a backtest is.</summary>
internal interface IBacktestProgress
{
    /// <summary>Begins a part of the work; the one before has ended.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="total">How many steps it has.</param>
    void Begin(string name, int total);

    /// <summary>One more step of the part is done; from any thread.</summary>
    /// <param name="isFree">Whether it took no time, so that it says nothing about the rest.</param>
    void Step(bool isFree = false);

    /// <summary>Says what holds the work up; from any thread. The same again is said once.</summary>
    void Remark(string sentence);
}
