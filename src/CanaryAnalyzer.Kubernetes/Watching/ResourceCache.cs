using System.Text.Json.Nodes;
using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Observing;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Watching;

/// <summary>
/// All objects of one kind, kept up to date by a watch. Reads are from memory and safe from any thread; subscribers hear of changes one at a time, in
/// order, after the cache has them. Does nothing before <see cref="RunAsync"/>.
/// </summary>
public sealed class ResourceCache
{
    /// <summary>How long to wait before a kind that isn't installed is looked for again.</summary>
    public static readonly TimeSpan AbsentRetry = TimeSpan.FromSeconds(10);

    private readonly IResourceClient _client;
    private readonly IReadOnlyList<ResourceType> _alternatives;
    private readonly ListOptions _scope;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<CachedResource, JsonObject?>? _trim;
    private readonly CacheContent _content = new();
    private readonly OwnWrites _writes;
    private readonly Backoff _backoff = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _subscribing = new();
    private Action<ResourceChange>[] _subscribers = [];
    private volatile ResourceType _type;
    private volatile int _state = (int)CacheState.Starting;
    private volatile ResourceException? _failure;
    private string _version = "";

    /// <summary>A cache of a kind that the server has in one version.</summary>
    public ResourceCache(IResourceClient client, ResourceType type, ListOptions scope, TimeProvider time, ILogger<ResourceCache> logger)
        : this(client, [type], scope, time, logger)
    {
    }

    /// <summary>
    /// A cache of a kind that servers have in different versions: the first of <paramref name="alternatives"/> that there is. <paramref name="trim"/> takes from
    /// each object what is kept of it; it, or its answer, is null where all is.
    /// </summary>
    public ResourceCache(
        IResourceClient client, IReadOnlyList<ResourceType> alternatives, ListOptions scope, TimeProvider time, ILogger<ResourceCache> logger, Func<CachedResource, JsonObject?>? trim = null)
    {
        _client = client;
        _alternatives = alternatives;
        _type = alternatives[0];
        _scope = scope;
        _time = time;
        _logger = logger;
        _trim = trim;
        _writes = new OwnWrites(_content.Find);
    }

    /// <summary>The kind, in the version that the server has.</summary>
    public ResourceType Type => _type;

    /// <summary>What it knows.</summary>
    public CacheState State => (CacheState)_state;

    /// <summary>Completes when it first knows all objects, or that its kind isn't installed.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Why it can't follow changes at present; null if it can.</summary>
    public ResourceException? Failure => _failure;

    /// <summary>How often all objects, or all of a namespace, were asked for: what happens at each change should not, since it grows with the cluster.</summary>
    public long Scans => _content.Scans;

    /// <summary>How many entries its objects, indexes and notes of writes have.</summary>
    internal int Entries => _content.Entries + _writes.Entries;

    /// <summary>Makes an index; <paramref name="keys"/> depends on the object alone and doesn't throw.</summary>
    public CacheIndex AddIndex(Func<CachedResource, IEnumerable<string>> keys) => _content.AddIndex(keys);

    /// <summary>Calls <paramref name="subscriber"/> for every change from now on; it has to be quick. Dispose the answer to end that.</summary>
    public IDisposable Subscribe(Action<ResourceChange> subscriber)
    {
        lock (_subscribing)
            _subscribers = [.. _subscribers, subscriber];
        return new Subscription(() =>
        {
            lock (_subscribing)
                _subscribers = [.. _subscribers.Where(one => one != subscriber)];
        });
    }

    /// <summary>One object; null if there is none.</summary>
    public CachedResource? Find(ResourceKey key) => _content.Find(key);

    /// <summary>The object of this uid; null if there is none.</summary>
    public CachedResource? FindByUid(string uid) => _content.FindByUid(uid);

    /// <summary>All objects, or those of one namespace, in no order.</summary>
    public IReadOnlyList<CachedResource> All(string? inNamespace = null) => _content.All(inNamespace);

    /// <summary>The objects that name this uid among their owners.</summary>
    public IReadOnlyList<CachedResource> OwnedBy(string uid) => _content.Owners.Find(uid);

    /// <summary>The objects of a namespace that nobody controls.</summary>
    public IReadOnlyList<CachedResource> WithoutController(string inNamespace) => _content.Uncontrolled.Find(inNamespace);

    /// <summary>Notes that we wrote <paramref name="answer"/>, which is what the server answered to the write.</summary>
    public void NoteWrite(JsonObject answer) => _writes.Wrote(new ResourceKey(answer.Text("metadata", "namespace"), answer.Name()), answer.ResourceVersion());

    /// <summary>Notes that we deleted an object.</summary>
    public void NoteDeletion(ResourceKey key, string uid) => _writes.Deleted(key, uid);

    /// <summary>Whether we wrote something to this object that the cache doesn't show yet: nothing may be decided on it then.</summary>
    public bool IsBehind(ResourceKey key) => _writes.AreUnseen(key);

    /// <summary>
    /// Calls <paramref name="wake"/> once, after subscribers heard of the change, when the cache shows what we wrote to this object; it has to be quick. False, and
    /// it is never called, if the cache does so already.
    /// </summary>
    public bool TryAwait(ResourceKey key, Action wake) => _writes.TryAwait(key, wake);

    /// <summary>Keeps the cache up to date until cancelled. A failing server, network or subscriber doesn't end it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var isInstalled = await ListAsync(cancellationToken);
                if (isInstalled && await FollowAsync(cancellationToken))
                    continue;

                // Even a version that expired at once must not make us hammer the server.
                await Task.Delay(isInstalled ? _backoff.Next() : AbsentRetry, _time, cancellationToken);
            }
            catch (ResourceException failure)
            {
                await WaitAfterAsync(failure, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task<bool> ListAsync(CancellationToken cancellationToken)
    {
        foreach (var type in _alternatives)
        {
            ResourceList found;
            try
            {
                found = await _client.ListAsync(type, _scope, cancellationToken);
            }
            catch (ResourceException failure) when (failure.IsNotFound)
            {
                continue;
            }

            _type = type;
            var changes = _content.Replace([.. found.Raw.Select(raw => Read(type, raw))]);
            Arrived(CacheState.Synced, found.ResourceVersion, changes);
            return true;
        }

        if (State != CacheState.Absent)
            Log.KindIsAbsent(_logger, _alternatives[0]);
        Arrived(CacheState.Absent, "", _content.Replace([]));
        return false;
    }

    private void Arrived(CacheState state, string version, IReadOnlyList<ResourceChange> changes)
    {
        _version = version;
        _failure = null;
        _state = (int)state;
        _writes.Saw(version);
        foreach (var change in changes)
            Tell(change);
        Wake(state == CacheState.Absent ? _writes.Forget() : _writes.TakeAwaited(changes.Select(change => change.Key)));
        _synced.TrySetResult();
    }

    /// <summary>
    /// Follows changes until everything has to be listed again; whether the last watch brought any. The server cuts a watch whose reader is slow, which is when
    /// there are most changes: it is reopened at once. Only a watch that brought none is waited after.
    /// </summary>
    private async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var started = _time.GetTimestamp();
            var hasChanges = false;
            try
            {
                await foreach (var happened in _client.WatchAsync(_type, _scope, _version, cancellationToken))
                {
                    if (happened.Kind == WatchEventKind.Expired)
                        return hasChanges;
                    Take(happened);
                    hasChanges |= happened.Kind != WatchEventKind.Bookmark;
                    _failure = null;
                    _backoff.Reset();
                }
            }
            catch (ResourceException failure) when (!failure.IsNotFound)
            {
                if (hasChanges && failure.RetryAfter is null)
                    Note(failure);
                else
                    await WaitAfterAsync(failure, cancellationToken);
                continue;
            }
            catch (ResourceException)
            {
                // The kind has gone: the next list says so.
                return false;
            }

            // The server ends watches after minutes; one that ends at once must not make us hammer it.
            if (!hasChanges && _time.GetElapsedTime(started) < TimeSpan.FromSeconds(1))
                await Task.Delay(_backoff.Next(), _time, cancellationToken);
        }
    }

    private void Take(WatchEvent happened)
    {
        var resource = Read(_type, happened.Raw);
        var change = happened.Kind switch
        {
            WatchEventKind.Deleted => _content.Remove(resource.Key),
            WatchEventKind.Added or WatchEventKind.Modified => _content.Put(resource),
            _ => null,
        };
        _version = resource.ResourceVersion;
        _writes.Saw(_version);
        if (change is not null)
            Tell(change);
        Wake(_writes.TakeAwaited([resource.Key]));
    }

    private CachedResource Read(ResourceType type, RawResource raw)
    {
        var resource = new CachedResource(type, raw);
        return _trim?.Invoke(resource) is { } kept ? new CachedResource(type, RawResource.Of(kept)) : resource;
    }

    private void Tell(ResourceChange change)
    {
        foreach (var subscriber in Volatile.Read(ref _subscribers))
            Call(() => subscriber(change), change.Key);
    }

    private void Wake(IReadOnlyList<OwnWrites.Waiter> waiters)
    {
        foreach (var waiter in waiters)
            Call(waiter.Wake, waiter.Key);
    }

    // A subscriber's mistake must not stop the others, nor the cache.
    private void Call(Action subscriber, ResourceKey about)
    {
        try
        {
            subscriber();
        }
        catch (Exception exception)
        {
            Log.SubscriberFailed(_logger, exception, _type, about);
        }
    }

    private void Note(ResourceException failure)
    {
        if (_failure?.Reason != failure.Reason)
            Log.WatchFailed(_logger, failure, _type, failure.Reason);
        _failure = failure;
    }

    private async Task WaitAfterAsync(ResourceException failure, CancellationToken cancellationToken)
    {
        Note(failure);
        var wait = _backoff.Next();
        if (failure.RetryAfter > wait)
            wait = failure.RetryAfter.Value;
        try
        {
            await Task.Delay(wait, _time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The loop ends.
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
