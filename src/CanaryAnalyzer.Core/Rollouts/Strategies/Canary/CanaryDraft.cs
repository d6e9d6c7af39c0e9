using CanaryAnalyzer.Core.Rollouts.Decisions;

namespace CanaryAnalyzer.Core.Rollouts.Strategies.Canary;

/// <summary>What the rules of a canary ask a draft.</summary>
internal static class CanaryDraft
{
    extension(DecisionDraft draft)
    {
        /// <summary>The strategy.</summary>
        public CanaryStrategy Canary => (CanaryStrategy)draft.Spec.Strategy;

        /// <summary>The step that the status names; null past the last one.</summary>
        public CanaryStep? Step => draft.Canary.StepAt(draft.Status.CurrentStepIndex);

        /// <summary>That step as users count it, such as <c>2/3</c>.</summary>
        public string StepName => $"{draft.Status.CurrentStepIndex + 1}/{draft.Canary.Steps.Length}";
    }
}
