using System.Runtime.InteropServices;

namespace CanaryAnalyzer.Service.Hosting;

/// <summary>
/// The C library's heap, which the runtime and OpenSSL use: glibc keeps what is freed, in an arena for each few threads. Where there is no glibc, nothing is done.
/// </summary>
internal static class NativeHeap
{
    // From malloc.h.
    private const int TrimThreshold = -1;
    private const int MaxArenas = -8;
    private const int KeptBytes = 128 * 1024;

    private delegate int Set(int parameter, int value);

    private delegate int Release(nuint keptBytes);

    /// <summary>Has glibc use one arena and give back what is freed at its end; as early as possible. Whether there is a glibc.</summary>
    public static bool Limit() => Find<Set>("mallopt") is { } set && set(MaxArenas, 1) + set(TrimThreshold, KeptBytes) == 2;

    /// <summary>Gives back what is free, wherever it is. Whether there was any.</summary>
    public static bool Trim() => Find<Release>("malloc_trim")?.Invoke(0) == 1;

    private static T? Find<T>(string name)
        where T : Delegate =>
        NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, name, out var address) ? Marshal.GetDelegateForFunctionPointer<T>(address) : null;
}
