using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using CanaryAnalyzer.Core.Analysis.Counting;
using CanaryAnalyzer.Core.Templates.Providers;
using CanaryAnalyzer.Core.Templates.Selectors;
using CanaryAnalyzer.Metrics.History;
using CanaryAnalyzer.Metrics.Prometheus;
using CanaryAnalyzer.Testing.Histories;
using CanaryAnalyzer.Testing.Prometheus;
using Microsoft.Extensions.Time.Testing;

namespace CanaryAnalyzer.Metrics.Tests.History;

public sealed class HistoryReaderTests : IAsyncLifetime
{
    private const long Hour = 3_600_000;
    private const long Start = 1_767_571_200_000;
    private const string TooMany = """{"status":"error","errorType":"execution","error":"query processing would load too many samples into memory in query execution"}""";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(Start + (50 * Hour));
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("history-").FullName;
    private readonly FakeTimeProvider _time = new(Now);
    private readonly SimulatedService _service = new(15_000, 1, new SimulatedPod("a", Start, Start + (4 * Hour)), new SimulatedPod("b", Start, Start + (4 * Hour)));
    private HistoryServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await HistoryServer.StartAsync(_service);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Samples_come_in_order_each_once_and_all_of_them()
    {
        var chunks = await ReadAsync(Request(4));
        Assert.Equal(4, chunks.Count);
        Assert.Equal(chunks.Select(chunk => chunk.From), chunks.Select(chunk => chunk.From).Order());
        Assert.Equal(Samples(_service.Within(SimulatedService.Requests, Start, Start + (4 * Hour))), Samples(chunks.SelectMany(chunk => chunk.Series[0])));
        Assert.Equal(Samples(_service.Within(SimulatedService.Buckets, Start, Start + (4 * Hour))), Samples(chunks.SelectMany(chunk => chunk.Series[1])));
        Assert.Equal((4, 4), (chunks[^1].Done, chunks[^1].Of));
    }

    [Fact]
    public async Task Second_time_nothing_is_asked_and_the_samples_are_the_same()
    {
        var first = await ReadAsync(Request(4));
        var asked = _server.Asked;
        var second = await ReadAsync(Request(4));
        Assert.Equal(asked, _server.Asked);
        Assert.All(second, chunk => Assert.True(chunk.FromCache), throwIfEmpty: true);
        Assert.Equal(Samples(first.SelectMany(chunk => chunk.Series[1])), Samples(second.SelectMany(chunk => chunk.Series[1])));
    }

    [Fact]
    public async Task Each_tenant_has_answers_of_its_own_and_no_secret_is_written()
    {
        PrometheusConnection plain = new() { Address = _server.Address, Timeout = TimeSpan.FromDays(1) };
        PrometheusConnection[] tenants =
        [
            plain,
            plain with { Headers = [new HttpHeader("X-Scope-OrgID", "team-a")] },
            plain with { Headers = [new HttpHeader("X-Scope-OrgID", "team-b")] },
            plain with { BasicAuth = new BasicCredentials("team-a", "secret") },
        ];
        foreach (var (tenant, i) in tenants.Select((tenant, i) => (tenant, i)))
        {
            await ReadAsync(Request(1) with { Connection = tenant });
            Assert.Equal(2 * (i + 1), _server.Asked);
            Assert.Equal(2 * (i + 1), Directory.GetFiles(_folder).Length);
        }

        await ReadAsync(Request(1) with { Connection = plain with { Headers = [new HttpHeader("x-scope-orgid", "team-b")] } });
        Assert.Equal(2 * tenants.Length, _server.Asked);
        Assert.DoesNotContain("team-b", HistoryKey.Of(tenants[2], "q", Now).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_still_change_is_not_kept()
    {
        _time.SetUtcNow(Now + TimeSpan.FromHours(1));
        await ReadAsync(Request(4) with { To = DateTimeOffset.FromUnixTimeMilliseconds(Start + (4 * Hour)) });
        Assert.Equal(8, Directory.GetFiles(_folder).Length);
        foreach (var file in Directory.GetFiles(_folder)) File.Delete(file);
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Start + (4 * Hour)));
        await ReadAsync(Request(4), clock);
        Assert.Equal(6, Directory.GetFiles(_folder).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(200)]
    public async Task Damaged_file_is_read_anew(int length)
    {
        await ReadAsync(Request(4));
        var file = Directory.GetFiles(_folder)[0];
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, bytes[..length], TestContext.Current.CancellationToken);
        var asked = _server.Asked;
        var again = await ReadAsync(Request(4));
        Assert.Equal(asked + 1, _server.Asked);
        Assert.Equal(Samples(_service.Within(SimulatedService.Buckets, Start, Start + (4 * Hour))), Samples(again.SelectMany(chunk => chunk.Series[1])));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Broken_off_reading_goes_on_where_it_was()
    {
        using var ending = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var chunk in Reader(_time).ReadAsync(Request(4) with { Concurrency = 1 }, ending.Token))
            {
                if (chunk.Done == 2) await ending.CancelAsync();
            }
        });
        var kept = Directory.GetFiles(_folder, "*.samples").Length;
        Assert.InRange(kept, 4, 8);
        Assert.Equal(kept, Directory.GetFiles(_folder).Length);
        var asked = _server.Asked;
        await ReadAsync(Request(4));
        Assert.Equal(asked + 8 - kept, _server.Asked);
    }

    [Fact]
    public async Task Too_many_samples_are_asked_for_in_halves()
    {
        _server.Trouble = (_, range) => range > Hour / 4 ? (422, TooMany) : null;
        var chunks = await ReadAsync(Request(4));
        Assert.Equal(Samples(_service.Within(SimulatedService.Buckets, Start, Start + (4 * Hour))), Samples(chunks.SelectMany(chunk => chunk.Series[1])));
    }

    [Fact]
    public async Task Refusal_of_every_length_is_an_error_with_Prometheus_own_words()
    {
        _server.Trouble = (_, _) => (422, TooMany);
        Assert.Contains("too many samples", (await Assert.ThrowsAsync<HistoryException>(() => ReadAsync(Request(4)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passing_failures_are_met_with_patience()
    {
        _server.Trouble = (number, _) => number <= 5 ? (429, "slow down") : null;
        var chunks = await ReadAsync(Request(4));
        Assert.Equal(Samples(_service.Within(SimulatedService.Requests, Start, Start + (4 * Hour))), Samples(chunks.SelectMany(chunk => chunk.Series[0])));
    }

    [Fact]
    public async Task Prometheus_that_stays_away_is_an_error_in_the_end()
    {
        _server.Trouble = (_, _) => (503, "starting");
        var told = new ConcurrentQueue<string>();
        Assert.Contains("503", (await Assert.ThrowsAsync<HistoryException>(() => ReadAsync(Request(4) with { OnWait = told.Enqueue }))).Message, StringComparison.Ordinal);
        Assert.NotEmpty(told);
        Assert.All(told, cause => Assert.Contains("503", cause, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Folder_that_can_not_be_written_says_what_to_do()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<HistoryException>(() => ReadAsync(Request(1) with { CacheFolder = Path.Combine(file, "below") }));
        Assert.Contains("--no-cache", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Coding_keeps_every_bit()
    {
        ImmutableArray<RawSample> samples = [new(Start, 0), new(Start + 15_001, 7), new(Start + 15_002, -3), new(Start + 90_000, 0.1), new(Start + 90_001, double.NaN), new(Start + 90_002, double.PositiveInfinity), new(Start + 90_003, 1e300), new(Start + 90_004, (1L << 52) - 1)];
        ImmutableArray<RawSeries> series = [new RawSeries(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "ü\n", ["__name__"] = "" }, samples), new RawSeries(new Dictionary<string, string>(StringComparer.Ordinal), [])];
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) SampleCoding.Write(writer, series);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var read = SampleCoding.Read(reader);
        Assert.Equal(series[0].Labels, read[0].Labels);
        Assert.Equal(samples, read[0].Samples);
        Assert.Empty(read[1].Samples);
    }

    [Fact]
    public async Task Real_Prometheus_gives_what_it_scraped()
    {
        Assert.SkipWhen(PrometheusServer.Find() is null, "there is no Prometheus on this machine: run deploy/tools/get-prometheus.sh, or set PROMETHEUS");
        await using var exporter = await Compare.TrafficExporter.StartAsync(new("stable-0", 100, 0.01, "1aaa"), new("stable-1", 100, 0.01, "1aaa"));
        await using var prometheus = await PrometheusServer.StartAsync(PrometheusServer.Find()!, Compare.LivePrometheus.Configuration(exporter.Address), TestContext.Current.CancellationToken);
        Assert.True(await prometheus.BecomesAsync(token => prometheus.FindsAsync("count(count_over_time(http_requests_received_total[1m]) >= 3) >= 2", token), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        var now = DateTimeOffset.UtcNow;
        var request = Request(1) with
        {
            Connection = new PrometheusConnection { Address = prometheus.Address },
            Selectors = [SeriesSelector.TryParse("http_requests_received_total{code=\"200\"}", out _)!],
            From = now - TimeSpan.FromMinutes(1),
            To = now,
        };
        var series = (await ReadAsync(request, TimeProvider.System)).SelectMany(chunk => chunk.Series[0]).ToList();
        Assert.Equal(["stable-0", "stable-1"], series.Select(one => one.Label("pod")).Distinct().Order());
        Assert.All(series, one => Assert.True(one.Samples.Length >= 1));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private HistoryRequest Request(int hours) => new()
    {
        // On the tests' clock hours go by while a real answer is on its way.
        Connection = new PrometheusConnection { Address = _server.Address, Timeout = TimeSpan.FromDays(1) },
        Selectors = [SeriesSelector.TryParse(SimulatedService.Requests, out _)!, SeriesSelector.TryParse(SimulatedService.Buckets, out _)!],
        From = DateTimeOffset.FromUnixTimeMilliseconds(Start),
        To = DateTimeOffset.FromUnixTimeMilliseconds(Start + (hours * Hour)),
        CacheFolder = _folder,
    };

    private static HistoryReader Reader(TimeProvider time) => new(new PrometheusBackend(new PrometheusClients(time), new PrometheusDefaults(null), time), time);

    /// <summary>Reads everything; the clock goes on while the reader waits.</summary>
    private async Task<List<HistoryChunk>> ReadAsync(HistoryRequest request, TimeProvider? time = null)
    {
        var clock = time ?? _time;
        var reading = Task.Run(async () => await Reader(clock).ReadAsync(request, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
        var watch = Stopwatch.StartNew();
        while (!reading.IsCompleted)
        {
            Assert.True(watch.Elapsed < Limit, "the reader does not end");
            await Task.WhenAny(reading, Task.Delay(5, TestContext.Current.CancellationToken));
            if (clock is FakeTimeProvider fake && _server.Trouble(1, 0) is not null) fake.Advance(TimeSpan.FromSeconds(1));
        }

        return await reading;
    }

    private static List<string> Samples(IEnumerable<RawSeries> all) =>
        [.. all.SelectMany(series => series.Samples.Select(sample => $"{series.Label("pod")} {series.Label("code")} {series.Label("le")} {sample.At} {sample.Value}")).Order(StringComparer.Ordinal)];
}
