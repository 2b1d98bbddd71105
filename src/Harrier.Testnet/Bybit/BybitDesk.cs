using Harrier.Testnet.Bybit.Trading;

namespace Harrier.Testnet.Bybit;

/// <summary>A market with what the venue remembers of its orders.</summary>
internal sealed class BybitDesk
{
    /// <summary>Of a market.</summary>
    public BybitDesk(BybitMarket market)
    {
        Market = market;
        Text = new BybitOrderText(market, Notes);
    }

    /// <summary>The market.</summary>
    public BybitMarket Market { get; }

    /// <summary>What the venue remembers.</summary>
    public BybitNotes Notes { get; } = new();

    /// <summary>Writes orders and fills.</summary>
    public BybitOrderText Text { get; }
}
