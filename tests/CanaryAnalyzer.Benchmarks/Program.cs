using CanaryAnalyzer.Benchmarks;

if (args is ["pods", ..])
{
    PodStreamTable.Write(Console.Out, args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 400);
    return 0;
}

// BenchmarkDotNet has options of its own.
if (args is not [var name, ..] || name.StartsWith('-') && name is not ("--help" or "-h" or "-?"))
{
    BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}

return await BenchmarkCommands.Create().Parse(args).InvokeAsync();
