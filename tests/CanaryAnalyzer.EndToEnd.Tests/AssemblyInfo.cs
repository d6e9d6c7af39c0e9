using CanaryAnalyzer.EndToEnd.Tests.Stages;

// The stories wait most of their time, for Prometheus and for pods: more of them than processors may be under way, also those of one class.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All, MaxThreads = 5)]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
[assembly: AssemblyFixture(typeof(Theatre))]
