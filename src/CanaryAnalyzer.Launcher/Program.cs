using System.Text;
using CanaryAnalyzer.Cli.Commands;
using CanaryAnalyzer.Cli.Hosting;
using CanaryAnalyzer.Launcher;

if (!RolloutCommands.Handle(args))
    return FullProgram.Become(args);
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await RolloutCommands.RunAsync(CliHost.OfProcess(), args, CancellationToken.None);
