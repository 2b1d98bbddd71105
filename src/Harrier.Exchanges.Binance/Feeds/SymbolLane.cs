using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Feeds;

namespace Harrier.Exchanges.Binance.Feeds;

/// <summary>A symbol on one connection.</summary>
internal sealed class SymbolLane(Instrument instrument)
{
    public Instrument Instrument { get; } = instrument;

    public byte[] Symbol { get; } = Encoding.UTF8.GetBytes(instrument.Symbol);

    public SymbolMonitor Monitor { get; } = new(instrument);

    /// <summary>Its book; null on connections that carry none.</summary>
    public BookSynchronizer? Book { get; set; }

    /// <summary>Name of the topic that feeds the book.</summary>
    public string BookTopic { get; } = instrument.Symbol.ToLowerInvariant() + "@depth@100ms";

    public bool HasOverflowed { get; set; }
}
