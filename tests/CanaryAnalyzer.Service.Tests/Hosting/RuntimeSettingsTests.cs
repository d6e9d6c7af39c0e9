using System.Text.Json;

namespace CanaryAnalyzer.Service.Tests.Hosting;

public sealed class RuntimeSettingsTests
{
    [Fact]
    public void Idle_threads_of_the_pool_do_not_spin()
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "canary-analyzer.runtimeconfig.json")));
        var settings = config.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties");
        Assert.Equal(0, settings.GetProperty("System.Threading.ThreadPool.UnfairSemaphoreSpinLimit").GetInt32());
    }
}
