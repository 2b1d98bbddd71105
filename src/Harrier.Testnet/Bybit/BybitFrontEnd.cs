using Harrier.Testnet.Bybit.Accounts;
using Harrier.Testnet.Bybit.Streams;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Sockets;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Bybit;

/// <summary>One market of the venue in the host's eyes. Requests and private sockets do not tell their market by the path: linear takes them for both.</summary>
public sealed class BybitFrontEnd : IFrontEnd, IDisposable
{
    private readonly BybitVenue _venue;
    private readonly BybitMarket _market;
    private readonly BybitPublicStreams _public;
    private readonly BybitPrivateStreams _private;
    private readonly string _path;
    private readonly bool _takesTheRest;

    internal BybitFrontEnd(BybitVenue venue, BybitDesk desk, StreamHub publicHub, (BybitWalletText Wallet, BybitPositionText? Positions, StreamHub Hub) accounts)
    {
        (_venue, _market, Venue) = (venue, desk.Market, desk.Market.Venue);
        _path = BybitVenue.PublicSockets + desk.Market.Category;
        _takesTheRest = !desk.Market.IsSpot;
        _public = new BybitPublicStreams(desk.Market, publicHub);
        _private = new BybitPrivateStreams(desk, accounts.Wallet, accounts.Positions, accounts.Hub);
        ExchangeCore core = desk.Market.Core;
        lock (core.Gate)
        {
            core.Subscribe(desk.Notes);
            core.Subscribe(_public);
            core.Subscribe(_private);
        }
    }

    /// <inheritdoc/>
    public string Venue { get; }

    /// <summary>Its public topics.</summary>
    internal BybitPublicStreams PublicStreams => _public;

    /// <inheritdoc/>
    public RequestLimits Limits => _venue.Limits;

    /// <inheritdoc/>
    public bool Claims(string path) => path == _path || (_takesTheRest && !BybitVenue.IsPublicSocket(path));

    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context) => _venue.HandleAsync(context);

    /// <inheritdoc/>
    public void Tick()
    {
        _venue.Settle();
        _public.Tick();
    }

    /// <inheritdoc/>
    public bool Restart()
    {
        _market.Restarted = _market.Core.Now;
        _public.Books.Restart();
        return true;
    }

    /// <inheritdoc/>
    public void OnTransfer(ExchangeAccount account, string asset, decimal amount)
    {
        // The account's balance event tells it.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _public.Dispose();
        _private.Dispose();
    }
}
