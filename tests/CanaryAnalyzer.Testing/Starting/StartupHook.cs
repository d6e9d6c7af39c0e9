#pragma warning disable CA1050, MA0047 // The runtime looks for this name, without a namespace.

/// <summary>Loaded into a program of ours by DOTNET_STARTUP_HOOKS: writes down which assemblies that had loaded when it ended.</summary>
public static class StartupHook
{
    public const string FileVariable = "CANARY_LOADED_ASSEMBLIES";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => File.WriteAllLines(file, AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name!));
    }
}
