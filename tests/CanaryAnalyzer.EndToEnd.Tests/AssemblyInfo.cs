using CanaryAnalyzer.EndToEnd.Tests.Stages;

// The stories wait most of their time, for Prometheus and for pods: more of them than processors may be under way.
[assembly: Xunit.v3.Parallelization(MaxThreads = 5)]
[assembly: AssemblyFixture(typeof(Theatre))]
