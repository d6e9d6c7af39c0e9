using CanaryAnalyzer.Kubernetes.Api;
using CanaryAnalyzer.Kubernetes.Queue;
using CanaryAnalyzer.Service.Observability;

namespace CanaryAnalyzer.Service.Loop;

/// <summary>Gives the keys of one queue to their reconciler, and turns each outcome into the next look.</summary>
internal sealed class ReconcileLoop(WorkQueue<ResourceKey> queue, IReconciler reconciler, OwnWrites writes, ControllerMetrics metrics, ILogger<ReconcileLoop> logger)
{
    public Task RunAsync(int workers, CancellationToken cancellationToken) => queue.RunAsync(workers, PassAsync, cancellationToken);

    private async Task PassAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        var outcome = await OutcomeAsync(key, cancellationToken);
        metrics.Passes.WithLabels(reconciler.Kind, outcome.GetType().Name).Inc();
        switch (outcome)
        {
            case PassOutcome.Settled:
                queue.Succeeded(key);
                break;
            case PassOutcome.LookAgain again:
                queue.Succeeded(key);
                queue.AddAt(key, again.At);
                break;
            case PassOutcome.Behind behind:
                queue.SetAside(key);
                writes.Await(behind.Writes, () => queue.Wake(key));
                break;
            case PassOutcome.Retry retry:
                var wait = queue.Retry(key);
                if (retry.IsConflict) Log.PassRepeated(logger, reconciler.Kind, key, wait);
                else Log.PassFailed(logger, reconciler.Kind, key, wait, retry.Why);
                break;
            case PassOutcome.Terminal terminal:
                queue.Succeeded(key);
                Log.PassStopped(logger, reconciler.Kind, key, terminal.Why);
                break;
        }
    }

    private async Task<PassOutcome> OutcomeAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await reconciler.ReconcileAsync(key, cancellationToken);
        }
        catch (ResourceException exception) when (exception.IsConflict)
        {
            // Somebody else wrote in between: what they wrote wins, and is looked at next.
            return new PassOutcome.Retry("the object changed while it was looked at", IsConflict: true);
        }
        catch (ResourceException exception)
        {
            return new PassOutcome.Retry(exception.Message);
        }
    }
}
