extern alias elector;
using elector::k8s.LeaderElection;
using Microsoft.Extensions.Logging;

namespace CanaryAnalyzer.Kubernetes.Leading;

/// <summary>Knows who leads from what happens at the lease, and logs each change once, a failure that lasts every minute.</summary>
internal sealed class LeadershipMonitor(LeaderOptions options, ILogger logger)
{
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private volatile Leadership _state = new Leadership.Seeking();
    private LeaseFailure? _failure;
    private DateTime _failureLogged;
    private (string Holder, DateTime? Renewed, DateTime At) _seen = ("", null, default);

    public Leadership State => _state;

    /// <summary>The lease was read; returns whether another process has taken it from this one.</summary>
    public bool Found(LeaderElectionRecord lease)
    {
        lock (_lock)
        {
            var holder = lease.HolderIdentity ?? "";
            if (holder == options.Identity || holder.Length == 0) return false;
            var now = DateTime.UtcNow;
            if (_seen.Holder != holder || _seen.Renewed != lease.RenewTime) _seen = (holder, lease.RenewTime, now);

            // As the elector, by the time since it was seen to be renewed: clocks differ. After that this process tries to take it.
            if (now - _seen.At >= options.LeaseDuration) return false;
            if (_state is Leadership.Leads)
            {
                Log.Taken(logger, options.Lease, holder);
                _state = new Leadership.Seeking();
                return true;
            }

            var next = new Leadership.StandsBy(holder, lease.AcquireTime is { } since && since > DateTime.UnixEpoch ? new DateTimeOffset(since.ToUniversalTime()) : null);
            _failure = null;
            if (next == _state) return false;
            _state = next;
            Log.StandsBy(logger, holder, next.Since, options.Lease);
            return false;
        }
    }

    public void Failed(LeaseFailure failure)
    {
        lock (_lock)
        {
            var now = DateTime.UtcNow;
            var isNew = (_failure?.Verb, _failure?.Status) != (failure.Verb, failure.Status) || _failure is null || now - _failureLogged >= Reminder;
            _failure = failure;
            if (_state is Leadership.Leads)
            {
                if (isNew) Log.NotRenewed(logger, failure, options.RenewDeadline.TotalSeconds);
            }
            else
            {
                _state = new Leadership.Fails(failure);
                if (isNew) Log.Fails(logger, failure);
            }

            if (isNew) _failureLogged = now;
        }
    }

    public void Leads()
    {
        lock (_lock)
        {
            _failure = null;
            _state = new Leadership.Leads(DateTimeOffset.UtcNow);
            Log.Leading(logger, options.Lease, options.Identity);
        }
    }

    /// <summary>A term has ended, if there was one; a failure that ended it is still what is wrong.</summary>
    public void Ended()
    {
        lock (_lock)
        {
            if (_state is not Leadership.Leads) return;
            Log.NoLongerLeading(logger, options.Lease);
            _state = _failure is { } failure ? new Leadership.Fails(failure) : new Leadership.Seeking();
        }
    }
}
