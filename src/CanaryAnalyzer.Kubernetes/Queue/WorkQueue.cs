using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Queue;

/// <summary>
/// Keys to look at. A key that is added many times before its turn comes is looked at once; one that is added while it is looked at is looked at once
/// more afterwards; no key is ever with two workers. Keys can be added at any time, also while no worker runs.
/// </summary>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    // A clock that is set, or a machine that slept, is noticed after this time.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private const int FewEntries = 100;

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RetryDelays _delays;
    private readonly Lock _lock = new();
    private readonly Channel<TKey> _ready = Channel.CreateUnbounded<TKey>();
    private readonly Dictionary<TKey, KeyState> _states = [];
    private readonly Dictionary<TKey, int> _failures = [];
    private readonly Dictionary<TKey, DateTimeOffset> _due = [];
    private readonly PriorityQueue<TKey, DateTimeOffset> _waiting = new();
    private readonly ITimer _timer;

    /// <summary>An empty queue.</summary>
    public WorkQueue(TimeProvider time, ILogger<WorkQueue<TKey>> logger)
        : this(time, RetryDelays.Default, logger)
    {
    }

    /// <summary>An empty queue with delays of its own between tries.</summary>
    public WorkQueue(TimeProvider time, RetryDelays delays, ILogger<WorkQueue<TKey>> logger)
    {
        _time = time;
        _delays = delays;
        _logger = logger;
        _timer = time.CreateTimer(_ => MoveDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private enum KeyState
    {
        Ready,
        Running,
        RunningAndAdded,
        RunningAndSetAside,
        SetAside,
    }

    /// <summary>How many keys wait for a worker.</summary>
    public int Depth => _ready.Reader.Count;

    /// <summary>How many keys wait for their time.</summary>
    public int Delayed
    {
        get
        {
            lock (_lock)
                return _due.Count;
        }
    }

    /// <summary>How many instants it holds, those that don't count any more included.</summary>
    internal int Entries
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Adds a key for now.</summary>
    public void Add(TKey key)
    {
        lock (_lock)
            AddLocked(key);
    }

    /// <summary>Adds a key for an instant; if it has an earlier one already, that stays. Its next turn, for whatever cause, ends the waiting.</summary>
    public void AddAt(TKey key, DateTimeOffset instant)
    {
        lock (_lock)
        {
            if (instant <= _time.GetUtcNow())
            {
                AddLocked(key);
                return;
            }

            if (_due.TryGetValue(key, out var known) && known <= instant)
                return;
            _due[key] = instant;
            _waiting.Enqueue(key, instant);
            if (_waiting.Count > 2 * _due.Count + FewEntries)
                ForgetPast();
            SetTimer();
        }
    }

    /// <summary>Adds a key after a time.</summary>
    public void AddAfter(TKey key, TimeSpan wait) => AddAt(key, _time.GetUtcNow() + wait);

    /// <summary>Adds a key after a time that doubles with each call since the last <see cref="Succeeded"/>; returns that time.</summary>
    public TimeSpan Retry(TKey key)
    {
        lock (_lock)
        {
            var failures = _failures.GetValueOrDefault(key);
            _failures[key] = failures + 1;
            var wait = _delays.After(failures);
            AddAfter(key, wait);
            return wait;
        }
    }

    /// <summary>
    /// Sets a key aside whose turn it is: until <see cref="Wake"/> it has no turn, whoever adds it, for whoever wakes it makes up for that. Its failures are kept.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not the key's turn.</exception>
    public void SetAside(TKey key)
    {
        lock (_lock)
        {
            if (!_states.TryGetValue(key, out var state) || state is KeyState.Ready or KeyState.SetAside)
                throw new InvalidOperationException($"{key} can be set aside in its turn only.");
            _states[key] = KeyState.RunningAndSetAside;
        }
    }

    /// <summary>Adds a key that was set aside for now; does nothing to any other.</summary>
    public void Wake(TKey key)
    {
        lock (_lock)
        {
            if (!_states.TryGetValue(key, out var state))
                return;
            if (state == KeyState.RunningAndSetAside)
                _states[key] = KeyState.RunningAndAdded;
            else if (state == KeyState.SetAside)
                MakeReady(key);
        }
    }

    /// <summary>Forgets the failures of a key.</summary>
    public void Succeeded(TKey key)
    {
        lock (_lock)
            _failures.Remove(key);
    }

    /// <summary>
    /// Has workers look at keys until cancelled, and ends when the last of them has. A key whose <paramref name="look"/> throws is tried again after
    /// its delay. One run at a time.
    /// </summary>
    public Task RunAsync(int workers, Func<TKey, CancellationToken, Task> look, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(look, cancellationToken), CancellationToken.None)));

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private async Task WorkAsync(Func<TKey, CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            TKey key;
            try
            {
                key = await _ready.Reader.ReadAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            Begin(key);
            try
            {
                await look(key, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Its turn was cut: whoever runs the queue next has to look again.
                Add(key);
            }
            catch (Exception exception)
            {
                // One key's failure must not stop the others.
                var wait = Retry(key);
                Log.LookFailed(_logger, exception, key, wait);
            }
            finally
            {
                End(key);
            }
        }
    }

    private void Begin(TKey key)
    {
        lock (_lock)
        {
            _states[key] = KeyState.Running;
            _due.Remove(key);
        }
    }

    private void End(TKey key)
    {
        lock (_lock)
        {
            switch (_states[key])
            {
                case KeyState.RunningAndAdded:
                    MakeReady(key);
                    break;
                case KeyState.RunningAndSetAside:
                    _states[key] = KeyState.SetAside;
                    break;
                default:
                    _states.Remove(key);
                    break;
            }
        }
    }

    private void AddLocked(TKey key)
    {
        if (!_states.TryGetValue(key, out var state))
            MakeReady(key);
        else if (state == KeyState.Running)
            _states[key] = KeyState.RunningAndAdded;
    }

    private void MakeReady(TKey key)
    {
        _states[key] = KeyState.Ready;
        _ready.Writer.TryWrite(key);
    }

    private void MoveDue()
    {
        lock (_lock)
        {
            TakeDue();
            SetTimer();
        }
    }

    private void TakeDue()
    {
        var now = _time.GetUtcNow();
        while (_waiting.TryPeek(out var key, out var instant) && (instant <= now || !IsCurrent(key, instant)))
        {
            _waiting.Dequeue();
            if (!IsCurrent(key, instant))
                continue;
            _due.Remove(key);
            AddLocked(key);
        }
    }

    private void ForgetPast()
    {
        _waiting.Clear();
        _waiting.EnqueueRange(_due.Select(entry => (entry.Key, entry.Value)));
    }

    // An entry whose key has had its turn, or got an earlier time, stays in the heap until it comes up, or there are many such.
    private bool IsCurrent(TKey key, DateTimeOffset instant) => _due.TryGetValue(key, out var due) && due == instant;

    private void SetTimer()
    {
        while (_waiting.TryPeek(out _, out var instant))
        {
            var wait = instant - _time.GetUtcNow();
            _timer.Change(wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait, Timeout.InfiniteTimeSpan);
            // A clock that went on between the two lines would have the timer count from too late.
            if (instant > _time.GetUtcNow())
                return;
            TakeDue();
        }
    }
}
