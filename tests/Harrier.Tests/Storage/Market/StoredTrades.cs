using Harrier.Domain;

namespace Harrier.Tests.Storage.Market;

/// <summary>Trades to put into a store.</summary>
public static class StoredTrades
{
    public static HistoricalTrade Trade(string time, long id) => new()
    {
        Id = id,
        Time = StoredBars.At(time),
        Price = 42000.5m + id,
        Quantity = 0.00123m,
        IsSell = id % 2 == 0,
        FirstTradeId = id * 10,
        LastTradeId = (id * 10) + 3,
    };
}
