using Harrier.Domain;

namespace Harrier.Strategies.Scanning;

/// <summary>What a book at one moment says of a market.</summary>
public static class BookMeasures
{
    /// <summary>Adds spread and depth, of the thinner side in quote currency. A book that does not reach as far as asked gives what it shows, which is too little and never too much.</summary>
    /// <param name="market">What is known already.</param>
    /// <param name="book">The book; null or with an empty side, nothing is added.</param>
    public static MarketFacts Add(MarketFacts market, HistoricalBook? book)
    {
        ArgumentNullException.ThrowIfNull(market);
        if (book is not { Bids: [var bid, ..], Asks: [var ask, ..] })
        {
            return market;
        }

        decimal mid = (bid.Price + ask.Price) / 2;
        return market with
        {
            SpreadBps = (double)((ask.Price - bid.Price) / mid * 10_000),
            Depth05Pct = (double)Depth(book, mid, 0.005m),
            Depth03Pct = (double)Depth(book, mid, 0.003m),
        };
    }

    private static decimal Depth(HistoricalBook book, decimal mid, decimal range) => Math.Min(
        book.Bids.Where(level => level.Price >= mid * (1 - range)).Sum(level => level.Price * level.Quantity),
        book.Asks.Where(level => level.Price <= mid * (1 + range)).Sum(level => level.Price * level.Quantity));
}
