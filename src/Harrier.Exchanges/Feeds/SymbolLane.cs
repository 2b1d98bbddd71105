using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Books;

namespace Harrier.Exchanges.Feeds;

/// <summary>A symbol on one connection.</summary>
internal sealed class SymbolLane(Instrument instrument, bool doTradeIdsRise)
{
    private readonly RecentTrades? _recent = doTradeIdsRise ? null : new RecentTrades();

    public Instrument Instrument { get; } = instrument;

    public byte[] Symbol { get; } = Encoding.UTF8.GetBytes(instrument.Symbol);

    public SymbolMonitor Monitor { get; } = new(instrument);

    /// <summary>Its book; null on connections that carry none.</summary>
    public BookSynchronizer? Book { get; set; }

    /// <summary>Joins the book with snapshots of the stream; null where they come from elsewhere.</summary>
    public PushedBook? Pushed { get; set; }

    /// <summary>Name of the topic that feeds the book.</summary>
    public string? BookTopic { get; set; }

    public bool HasOverflowed { get; set; }

    /// <summary>When funding was paid.</summary>
    public FundingClock Funding { get; } = new();

    /// <summary>True for a trade that came before: two sessions overlap, or the venue repeats itself.</summary>
    public bool IsRepeated(long trade) => trade != 0 && (_recent is null ? trade <= Monitor.LastTradeId : !_recent.Add(trade));
}
