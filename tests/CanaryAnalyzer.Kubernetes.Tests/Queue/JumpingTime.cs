using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Kubernetes.Tests.Queue;

/// <summary>A clock that goes on by <see cref="Jump"/> just before a timer is set, as where another thread has its turn between reading the clock and setting the timer.</summary>
internal sealed class JumpingTime : FakeTimeProvider
{
    public TimeSpan Jump { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, base.CreateTimer(callback, state, dueTime, period));

    private sealed class Timer(JumpingTime time, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var jump = time.Jump;
            time.Jump = TimeSpan.Zero;
            time.Advance(jump);
            return timer.Change(dueTime, period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
