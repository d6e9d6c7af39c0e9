using System.Threading.Channels;

namespace CanaryAnalyzer.LocalCluster.Storage;

/// <summary>A running watch; dispose to end it.</summary>
internal interface IStoreWatch : IDisposable
{
    ChannelReader<StoreChange> Changes { get; }
}
