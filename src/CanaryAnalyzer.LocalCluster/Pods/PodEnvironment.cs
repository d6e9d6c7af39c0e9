using CanaryAnalyzer.LocalCluster.Objects;
using CanaryAnalyzer.LocalCluster.Workloads;

namespace CanaryAnalyzer.LocalCluster.Pods;

/// <summary>What every pod's process needs.</summary>
internal sealed record PodEnvironment(
    ObjectWriter Writer, ImageCatalogue Images, LoopbackAddresses Addresses, EventRecorder Events, PodLogs Logs, TimeProvider Time);
