using System.Globalization;
using System.Text;

namespace CanaryAnalyzer.Testing.Prometheus;

/// <summary>The answer of a Prometheus about a large service: what one look at its latency reads.</summary>
public static class LargeAnswer
{
    /// <summary>The last instant of the answer, in milliseconds since 1970.</summary>
    public const long At = 1_767_323_400_000;

    private const int ScrapeSeconds = 15;

    /// <summary>A matrix of classic buckets as JSON.</summary>
    /// <param name="pods">How many pods, named <c>pod-0</c> and so on.</param>
    /// <param name="buckets">How many buckets each has, that of +Inf among them.</param>
    /// <param name="samples">How many samples each series has, a quarter of a minute apart.</param>
    public static byte[] Buckets(int pods, int buckets, int samples)
    {
        var json = new StringBuilder("""{"status":"success","data":{"resultType":"matrix","result":[""");
        for (var pod = 0; pod < pods; pod++)
        {
            for (var bucket = 0; bucket < buckets; bucket++)
            {
                if (json[^1] == '}') json.Append(',');
                var le = bucket == buckets - 1 ? "+Inf" : (0.025 * (bucket + 1)).ToString(CultureInfo.InvariantCulture);
                json.Append(CultureInfo.InvariantCulture, $$"""{"metric":{"__name__":"http_request_duration_seconds_bucket","code":"200","endpoint":"/","instance":"10.0.{{pod / 250}}.{{pod % 250}}:8080","job":"web","le":"{{le}}","method":"GET","namespace":"default","pod":"pod-{{pod}}"},"values":[""");
                for (var i = 0; i < samples; i++)
                    json.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}[{(At / 1000) - (ScrapeSeconds * (samples - 1 - i))}.{pod:000},\"{100_000 + (bucket * 1000) + (i * (bucket + 1))}\"]");
                json.Append("]}");
            }
        }

        return Encoding.UTF8.GetBytes(json.Append("]}}").ToString());
    }
}
