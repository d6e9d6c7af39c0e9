using System.Text;
using CanaryAnalyzer.Cli.Commands;
using CanaryAnalyzer.Cli.Hosting;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await Cli.RunAsync(CliHost.OfProcess(), args, CancellationToken.None);
