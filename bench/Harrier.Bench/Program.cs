using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Harrier.Bench.Figures;
using Harrier.Bench.History;
using Harrier.Bench.Indicators;
using Harrier.Bench.Service;

if (args is ["figures", .. string[] rest])
{
    return FigureRun.Run(rest);
}

if (args is ["scan", string store])
{
    StoreScan.Run(store);
    return 0;
}

if (args is ["serve"])
{
    await ServiceHost.RunAsync(TimeProvider.System);
    return 0;
}

// In the same process where no SDK is present to build the generated project.
bool inProcess = args.Contains("--in-process");
Job job = inProcess ? Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance) : Job.ShortRun;
ManualConfig config = ManualConfig.Create(DefaultConfig.Instance).AddJob(job).WithArtifactsPath("artifacts/bench");
BenchmarkSwitcher.FromAssembly(typeof(BatchIndicatorBenchmarks).Assembly).Run([.. args.Where(arg => arg != "--in-process")], config);
return 0;
