namespace CanaryAnalyzer.Core.Values;

/// <summary>What an error is about, where others need to know: a message's words are for people alone.</summary>
public enum SpecErrorCode
{
    /// <summary>Nothing that others need to know.</summary>
    None,

    /// <summary>A template that is named isn't there.</summary>
    TemplateNotFound,

    /// <summary>A template's own text is wrong, whoever names it.</summary>
    InTemplate,

    /// <summary>A field of the Rollout that an argument is taken from isn't there, or is no plain value.</summary>
    RolloutFieldMissing,

    /// <summary>An argument has no value; <see cref="SpecError.Subject"/> is its name.</summary>
    ArgumentUnresolved,

    /// <summary>There are no metrics.</summary>
    NoMetrics,
}
