using System.Collections.Concurrent;
using CanaryAnalyzer.Kubernetes.Queue;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Kubernetes.Tests.Queue;

public sealed class WorkQueueTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _looked = new();
    private readonly WorkQueue<string> _queue;
    private Task _running = Task.CompletedTask;

    public WorkQueueTests() => _queue = new WorkQueue<string>(_time, NullLogger<WorkQueue<string>>.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _queue.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Key_added_many_times_before_its_turn_is_looked_at_once()
    {
        _queue.Add("a");
        _queue.Add("a");
        _queue.Add("b");
        Assert.Equal(2, _queue.Depth);
        Start();

        await UntilLookedAsync(2);
        _queue.Add("end");
        await UntilLookedAsync(3);

        Assert.Equal(["a", "b", "end"], _looked);
    }

    [Fact]
    public async Task Key_added_while_it_is_looked_at_is_looked_at_again_and_never_by_two()
    {
        var (first, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (together, most) = (0, 0);
        _running = _queue.RunAsync(4, async (key, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref together));
            first.TrySetResult();
            await release.Task;
            Interlocked.Decrement(ref together);
            _looked.Enqueue(key);
        }, _stopping.Token);
        _queue.Add("a");
        await first.Task.WaitAsync(Token);

        _queue.Add("a");
        _queue.Add("a");
        release.SetResult();
        await UntilLookedAsync(2);

        Assert.Equal(1, most);
        Assert.Equal(2, _looked.Count);
    }

    [Fact]
    public async Task Key_for_later_comes_at_its_instant_and_the_earliest_counts()
    {
        Start();
        _queue.AddAfter("a", TimeSpan.FromMinutes(30));
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromMinutes(20));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal((1, 0), (_queue.Delayed, _queue.Depth));

        _time.Advance(TimeSpan.FromSeconds(1));
        await UntilLookedAsync(1);
        _time.Advance(TimeSpan.FromHours(1));
        _queue.Add("end");
        await UntilLookedAsync(2);

        Assert.Equal(["a", "end"], _looked);
    }

    [Fact]
    public async Task Turn_ends_the_waiting_of_its_key()
    {
        Start();
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.Add("a");
        await UntilLookedAsync(1);

        Assert.Equal(0, _queue.Delayed);
    }

    [Fact]
    public async Task Instant_far_away_is_kept_to()
    {
        Start();
        _queue.AddAt("a", _time.GetUtcNow().AddDays(90));
        for (var hour = 0; hour < 90 * 24; hour++)
            _time.Advance(TimeSpan.FromHours(1));

        await UntilLookedAsync(1);
    }

    [Fact]
    public void Key_whose_instant_passes_while_the_timer_is_set_comes_at_once()
    {
        var time = new JumpingTime();
        using var queue = new WorkQueue<string>(time, NullLogger<WorkQueue<string>>.Instance);

        queue.AddAfter("later", TimeSpan.FromMinutes(1));
        time.Jump = TimeSpan.FromSeconds(1);
        queue.AddAfter("soon", TimeSpan.FromMilliseconds(250));
        Assert.Equal((1, 1), (queue.Depth, queue.Delayed));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((2, 0), (queue.Depth, queue.Delayed));
    }

    [Fact]
    public async Task Key_that_fails_is_tried_again_after_doubling_delays_and_others_go_on()
    {
        var tries = new ConcurrentQueue<DateTimeOffset>();
        _running = _queue.RunAsync(2, (key, _) =>
        {
            if (key == "good")
                _looked.Enqueue(key);
            else
                tries.Enqueue(_time.GetUtcNow());
            return key == "good" ? Task.CompletedTask : Task.FromException(new InvalidOperationException("on purpose"));
        }, _stopping.Token);
        _queue.Add("bad");
        for (var count = 1; count <= 4; count++)
        {
            await TimeDriver.WaitUntilAsync(() => tries.Count == count && _queue.Delayed == 1);
            _time.Advance(TimeSpan.FromMilliseconds(10 * (1 << (count - 1))));
        }

        _queue.Add("good");
        await UntilLookedAsync(1);
        Assert.Equal([10, 20, 40], tries.Zip(tries.Skip(1), (before, after) => (int)(after - before).TotalMilliseconds).Take(3));
    }

    [Fact]
    public void Delays_reach_their_limit_and_begin_anew_after_a_success()
    {
        var delays = Enumerable.Range(0, 2000).Select(_ => _queue.Retry("a")).ToList();
        _queue.Succeeded("a");

        Assert.Equal(TimeSpan.FromSeconds(30), delays[^1]);
        Assert.Equal(TimeSpan.FromMilliseconds(10), _queue.Retry("a"));
    }

    [Fact]
    public async Task Key_that_was_set_aside_has_no_turn_until_it_is_woken_and_then_one()
    {
        _running = _queue.RunAsync(1, (key, _) =>
        {
            _looked.Enqueue(key);
            if (key == "a" && _looked.Count == 1)
            {
                _queue.Add(key);
                _queue.SetAside(key);
            }

            return Task.CompletedTask;
        }, _stopping.Token);
        _queue.Add("a");
        _queue.Add("b");
        await UntilLookedAsync(2);
        _queue.Add("a");
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromHours(1));
        _queue.Add("c");
        await UntilLookedAsync(3);

        _queue.Wake("a");
        _queue.Wake("a");
        await UntilLookedAsync(4);
        _queue.Wake("a");
        _queue.Wake("nobody");
        _queue.Add("end");
        await UntilLookedAsync(5);

        Assert.Equal(["a", "b", "c", "a", "end"], _looked);
    }

    [Fact]
    public async Task Key_that_is_woken_before_its_turn_ends_has_another_turn()
    {
        _running = _queue.RunAsync(1, (key, _) =>
        {
            _looked.Enqueue(key);
            if (_looked.Count == 1)
            {
                _queue.SetAside(key);
                _queue.Wake(key);
            }

            return Task.CompletedTask;
        }, _stopping.Token);
        _queue.Add("a");

        await UntilLookedAsync(2);
    }

    [Fact]
    public void Key_is_set_aside_in_its_turn_only()
    {
        _queue.Add("waiting");

        Assert.Throws<InvalidOperationException>(() => _queue.SetAside("waiting"));
        Assert.Throws<InvalidOperationException>(() => _queue.SetAside("unknown"));
    }

    [Fact]
    public void Instants_of_turns_that_are_over_are_forgotten()
    {
        for (var minute = 1; minute <= 10_000; minute++)
        {
            // Each is earlier than the one before, which is not waited for any more.
            _queue.AddAt("a", _time.GetUtcNow().AddDays(90).AddMinutes(-minute));
        }

        Assert.InRange(_queue.Entries, 1, 200);
        Assert.Equal(1, _queue.Delayed);
    }

    [Fact]
    public async Task Turn_that_was_cut_by_the_end_comes_again_in_the_next_run()
    {
        var begun = new TaskCompletionSource();
        _running = _queue.RunAsync(1, async (_, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        }, _stopping.Token);
        _queue.Add("a");
        await begun.Task.WaitAsync(Token);
        await _stopping.CancelAsync();
        await _running;

        using var second = new CancellationTokenSource();
        var running = _queue.RunAsync(1, LookAsync, second.Token);
        await UntilLookedAsync(1);
        await second.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Every_key_is_looked_at_after_it_was_last_added_and_by_one_at_a_time() =>
        await Gen.Int[0, 4].List[1, 60].SampleAsync(async keys =>
        {
            using var queue = new WorkQueue<int>(TimeProvider.System, NullLogger<WorkQueue<int>>.Instance);
            using var stopping = new CancellationTokenSource();
            var (added, seen, busy) = (new int[5], new int[5], new int[5]);
            var overlapped = false;
            var running = queue.RunAsync(3, async (key, _) =>
            {
                overlapped |= Interlocked.Increment(ref busy[key]) > 1;
                Volatile.Write(ref seen[key], Volatile.Read(ref added[key]));
                await Task.Yield();
                Interlocked.Decrement(ref busy[key]);
            }, stopping.Token);
            foreach (var key in keys)
            {
                Interlocked.Increment(ref added[key]);
                queue.Add(key);
            }

            await TimeDriver.WaitUntilAsync(() => seen.SequenceEqual(added));
            await stopping.CancelAsync();
            await running;
            Assert.False(overlapped);
        }, iter: 50, threads: 1);

    private void Start() => _running = _queue.RunAsync(2, LookAsync, _stopping.Token);

    private Task LookAsync(string key, CancellationToken cancellationToken)
    {
        _looked.Enqueue(key);
        return Task.CompletedTask;
    }

    private Task UntilLookedAsync(int count) => TimeDriver.WaitUntilAsync(() => _looked.Count >= count);
}
