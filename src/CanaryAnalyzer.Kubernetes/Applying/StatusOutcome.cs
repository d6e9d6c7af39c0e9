namespace CanaryAnalyzer.Kubernetes.Applying;

/// <summary>What became of a decision's status.</summary>
public enum StatusOutcome
{
    /// <summary>It is the one that is written already.</summary>
    Unchanged,

    /// <summary>It was written, or its Rollout is gone.</summary>
    Written,

    /// <summary>It has nothing that anybody needs at once, and is written with what comes next.</summary>
    Waiting,
}
