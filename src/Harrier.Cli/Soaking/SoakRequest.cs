namespace Harrier.Cli.Soaking;

/// <summary>What <c>soak</c> was asked for.</summary>
/// <param name="Home">Folder of everything that it makes; not there yet.</param>
/// <param name="Kills">How often the run is killed.</param>
/// <param name="Seed">Of the market, and of the moments at which it is killed.</param>
/// <param name="Venue">Full name of the venue whose protocol is spoken.</param>
internal sealed record SoakRequest(string Home, int Kills, long Seed, string Venue)
{
    /// <summary>Connection string of the records; null for a file of SQLite in the home.</summary>
    public string? Records { get; init; }

    /// <summary>True when the home is made for this alone, and deleted when nothing differed.</summary>
    public bool IsTemporary { get; init; }
}

/// <summary>What came of it.</summary>
/// <param name="Kills">How often the run was killed, of which <paramref name="EarlyKills"/> before it had begun to trade.</param>
/// <param name="EarlyKills">Kills while the run started.</param>
/// <param name="Orders">Orders that the exchange took.</param>
/// <param name="Fills">Executions at the exchange.</param>
/// <param name="Trades">Positions that ended, in the records.</param>
/// <param name="Differences">What differed; none when all is well.</param>
/// <param name="Took">How long it took.</param>
internal sealed record SoakReport(int Kills, int EarlyKills, int Orders, int Fills, int Trades, IReadOnlyList<string> Differences, TimeSpan Took);
