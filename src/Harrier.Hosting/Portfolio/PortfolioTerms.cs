using Harrier.Domain;

namespace Harrier.Hosting.Portfolio;

/// <summary>What a portfolio account is besides its bots. It is part of its state, so that a proof needs nothing else.</summary>
public sealed record PortfolioTerms
{
    /// <summary>Name of the account, and of its folder.</summary>
    public required string Account { get; init; }

    /// <summary>Where it converts.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>The asset that everything is valued in.</summary>
    public required Asset Numeraire { get; init; }

    /// <summary>Part of the names of all its conversions.</summary>
    public required uint Run { get; init; }

    /// <summary>What each conversion costs besides the spread, as a fraction, 0 to 0.5.</summary>
    public decimal Fee { get; init; }

    /// <summary>Decimals of amounts by asset; 8 where it is not named.</summary>
    public IReadOnlyDictionary<Asset, int> Decimals { get; init; } = new Dictionary<Asset, int>();

    /// <summary>The largest worth of one asset that conversions may lead to, in the numeraire.</summary>
    /// <value>Practically unlimited.</value>
    public decimal MaxPositionNotional { get; init; } = 1_000_000_000_000m;

    internal static PortfolioTerms Read(ref StateReader reader)
    {
        PortfolioTerms terms = new()
        {
            Account = reader.ReadString(),
            Venue = new VenueId(reader.ReadString()),
            Numeraire = new Asset(reader.ReadString()),
            Run = unchecked((uint)reader.ReadInt32()),
            Fee = reader.ReadDecimal(),
            MaxPositionNotional = reader.ReadDecimal(),
        };
        int count = reader.ReadCount();
        Dictionary<Asset, int> decimals = [];
        for (int i = 0; i < count; i++)
        {
            Asset asset = new(reader.ReadString());
            decimals.Add(asset, reader.ReadInt32());
        }

        return terms with { Decimals = decimals };
    }

    internal void Write(ref StateWriter writer)
    {
        writer.Write(Account);
        writer.Write(Venue.Name);
        writer.Write(Numeraire.Code);
        writer.Write(unchecked((int)Run));
        writer.Write(Fee);
        writer.Write(MaxPositionNotional);
        writer.Write(Decimals.Count);
        foreach ((Asset asset, int decimals) in Decimals.OrderBy(static pair => pair.Key.Code, StringComparer.Ordinal))
        {
            writer.Write(asset.Code);
            writer.Write(decimals);
        }
    }
}
