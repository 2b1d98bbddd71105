using System.Text.Json;
using Harrier.System.Tests.Launcher;
using Harrier.Tests.Support;

namespace Harrier.System.Tests.Cli;

/// <summary>
/// The real program trades with several bots on an exchange in another process and is killed fifteen times at random moments: after each start its orders, positions and
/// balances are those of the exchange, and in the end nothing was sent, booked or recorded twice, or not at all.
/// </summary>
public abstract class SoakTests : IDisposable
{
    private const int Kills = 15;

    private readonly HarrierProgram _program = new();

    private protected abstract string Store { get; }

    private protected abstract string Venue { get; }

    [Fact]
    public async Task Soak_KilledAgainAndAgain_DiffersInNothingFromTheExchange()
    {
        Shell.RequireBash();

        Outcome run = await _program.RunAsync("soak", "--kills", $"{Kills}", "--seed", "20261129", "--venue", Venue, "--store", Store, "--json");

        JsonElement report = JsonDocument.Parse(run.Output).RootElement;
        report.GetProperty("differences").EnumerateArray().Select(static one => one.GetString()).ShouldBeEmpty(run.Errors);
        run.Code.ShouldBe(0, run.Errors);
        report.GetProperty("kills").GetInt32().ShouldBe(Kills);
        report.GetProperty("kills_while_starting").GetInt32().ShouldBeInRange(1, Kills - 5);
        report.GetProperty("fills").GetInt32().ShouldBeGreaterThan(0);
        report.GetProperty("orders").GetInt32().ShouldBeGreaterThan(report.GetProperty("trades").GetInt32());
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _program.Dispose();
        }
    }
}

/// <summary>With records in SQLite, on contracts.</summary>
public sealed class SqliteSoakTests : SoakTests
{
    private protected override string Store => "sqlite";

    private protected override string Venue => "binance-usdm";
}

/// <summary>With records in a real PostgreSQL, on a spot market.</summary>
/// <param name="server">The server.</param>
public sealed class PostgresSoakTests(PostgresServer server) : SoakTests
{
    private protected override string Store => server.NewDatabase();

    private protected override string Venue => "binance-spot";
}
