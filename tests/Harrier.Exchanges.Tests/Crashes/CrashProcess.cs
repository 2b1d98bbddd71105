using System.Text.Json;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Crashes;

/// <summary>A <see cref="CrashHost"/> in a process of its own.</summary>
internal static class CrashProcess
{
    public static async Task<KillableProcess> StartAsync(CrashOrders orders)
    {
        KillableProcess process = new(CrashHost.Variable, JsonSerializer.Serialize(orders));
        try
        {
            await process.Says(static lines => lines.Contains("started"), "the start");
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }
}
