namespace CanaryAnalyzer.Cli.Tests;

/// <summary>A template that compares by errors alone.</summary>
internal static class ErrorsTemplate
{
    public const string Text = """
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisTemplate
        metadata: {name: errors}
        spec:
          args: [{name: namespace}, {name: canary-pods}, {name: stable-pods}]
          metrics:
          - name: compare
            provider:
              plugin:
                canaryanalyzer/compare:
                  measures:
                  - name: errors
                    errorRate:
                      requests: http_requests_total{namespace="{{args.namespace}}"}
                      errors: http_requests_total{namespace="{{args.namespace}}",code=~"5.."}
        """;
}
