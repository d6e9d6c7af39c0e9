namespace CanaryAnalyzer.Kubernetes.Api.V1Alpha1.Analysis;

/// <summary>An argument of a template, or its value in a run.</summary>
public sealed class Argument
{
    /// <summary>Name of the argument.</summary>
    public required string Name { get; set; }

    /// <summary>Its value; in a template the default.</summary>
    public string? Value { get; set; }

    /// <summary>Where the value is found instead.</summary>
    public Source? ValueFrom { get; set; }

    /// <summary>Where an argument's value is found; one of its members is set.</summary>
    public sealed class Source
    {
        /// <summary>A key of a Secret in the run's namespace.</summary>
        public SecretKeyReference? SecretKeyRef { get; set; }

        /// <summary>A field of the Rollout.</summary>
        public FieldReference? FieldRef { get; set; }
    }

    /// <summary>Names a key of a Secret.</summary>
    public sealed class SecretKeyReference
    {
        /// <summary>Name of the Secret.</summary>
        public required string Name { get; set; }

        /// <summary>The key.</summary>
        public required string Key { get; set; }
    }
}
