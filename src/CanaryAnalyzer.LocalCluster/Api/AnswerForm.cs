namespace CanaryAnalyzer.LocalCluster.Api;

/// <summary>The answer's form and, for tables and metadata, the version of <c>meta.k8s.io</c> that the client understands.</summary>
internal sealed record AnswerForm(AnswerKind Kind, string MetaVersion)
{
    /// <summary>The first of the accepted media types that the server has.</summary>
    public static AnswerForm Of(string accept)
    {
        foreach (var parameters in accept.Split(',').Select(t => t.Split(';').Select(p => p.Trim()).ToArray()))
        {
            if (parameters[0] is not ("application/json" or "*/*" or "application/*" or ""))
                continue;
            var version = Value(parameters, "v") ?? "v1";
            switch (Value(parameters, "as"))
            {
                case "Table":
                    return new AnswerForm(AnswerKind.Table, version);
                case "PartialObjectMetadata" or "PartialObjectMetadataList":
                    return new AnswerForm(AnswerKind.MetadataOnly, version);
                case null:
                    return new AnswerForm(AnswerKind.Objects, version);
            }
        }

        return new AnswerForm(AnswerKind.Objects, "v1");
    }

    private static string? Value(string[] parameters, string name) =>
        parameters.FirstOrDefault(p => p.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
