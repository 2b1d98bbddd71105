using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <content>How executions are booked: once, in place of what was inferred for them, and never so that bots hold more than the account.</content>
public sealed partial class AccountBook
{
    private BookEntry Book(FillTold told)
    {
        FillFact fill = told.Fill;
        string clientId = fill.ClientId.Length > 0 ? fill.ClientId : ClientIdOf(fill.Symbol, fill.OrderId);
        fill = fill with { ClientId = clientId };
        if (!_fills.TryAdd((fill.Symbol, fill.TradeId), fill))
        {
            return Claim(fill, told.At);
        }

        LastFill = LastFill is { } last && last > fill.Time ? last : fill.Time;
        List<Replacement> replaced = fill.IsInferred ? [] : Replace(fill, told.At);
        if (fill.IsInferred)
        {
            Inferred(clientId).Add(fill);
        }

        bool moves = Holdings.Add(fill, told.At);
        Count(fill, (fill.Quantity - replaced.Sum(static r => r.Quantity), fill.Quote - replaced.Sum(static r => r.Quantity * r.Inferred.Price)), told.At);
        decimal taken = Trim(new PositionKey(fill.Symbol, fill.PositionSide));
        if (taken != 0)
        {
            _taken[(fill.Symbol, fill.TradeId)] = taken;
        }

        return new BookEntry(true) { Replaced = replaced, IsCovered = !moves, FromBots = taken };
    }

    // An execution that looked like somebody else's turns out to be of an order of ours: the account has it, the order does not yet.
    private BookEntry Claim(FillFact fill, Timestamp at)
    {
        bool isForeign = _fills[(fill.Symbol, fill.TradeId)].ClientId.Length == 0;
        if (!isForeign || !_orders.ContainsKey(fill.ClientId))
        {
            return default;
        }

        _fills[(fill.Symbol, fill.TradeId)] = fill;

        // What bots lost by it comes back, and they lose it by their own order instead.
        PositionKey key = new(fill.Symbol, fill.PositionSide);
        _taken.Remove((fill.Symbol, fill.TradeId), out decimal taken);
        _held[key] = HeldByBots(key) - taken;
        List<Replacement> replaced = Replace(fill, at);
        Count(fill, (fill.Quantity - replaced.Sum(static r => r.Quantity), fill.Quote - replaced.Sum(static r => r.Quantity * r.Inferred.Price)), at);
        return new BookEntry(true) { Replaced = replaced, FromBots = Trim(key) - taken };
    }

    // A real execution of an order takes the place of what was inferred for that order, the oldest first: their sum is what the venue counts.
    private List<Replacement> Replace(FillFact real, Timestamp at)
    {
        List<Replacement> replaced = [];
        if (real.ClientId.Length == 0 || !_inferred.TryGetValue(real.ClientId, out List<FillFact>? rests))
        {
            return replaced;
        }

        decimal left = real.Quantity;
        while (left > 0 && rests.Count > 0)
        {
            FillFact inferred = rests[0];
            decimal quantity = Math.Min(inferred.Quantity, left);
            left -= quantity;
            replaced.Add(new Replacement(inferred, quantity));
            Holdings.Remove(inferred, quantity, at);
            if (quantity == inferred.Quantity)
            {
                rests.RemoveAt(0);
            }
            else
            {
                rests[0] = inferred with { Quantity = inferred.Quantity - quantity };
            }
        }

        return replaced;
    }

    private void Count(FillFact fill, (decimal Size, decimal Quote) added, Timestamp at)
    {
        if (fill.ClientId.Length > 0 && _orders.TryGetValue(fill.ClientId, out OrderFact? order))
        {
            PositionKey key = new(fill.Symbol, fill.PositionSide);
            decimal executed = order.Executed + added.Size;
            _held[key] = HeldByBots(key) + (fill.Side == OrderSide.Buy ? added.Size : -added.Size);
            bool isFilled = order.Quantity > 0 && executed >= order.Quantity;
            OrderStanding standing = order.IsFinal ? order.Standing : isFilled ? OrderStanding.Filled : OrderStanding.Working;
            Put(order with
            {
                Executed = executed,
                ExecutedQuote = (order.ExecutedQuote ?? 0) + added.Quote,
                Standing = standing,
                VenueId = order.VenueId ?? fill.OrderId,
                Changed = at,
            });
            _clientIds[(fill.Symbol, fill.OrderId)] = fill.ClientId;
        }
        else
        {
            if (fill.ClientId == LiquidationMark)
            {
                PositionKey key = new(fill.Symbol, fill.PositionSide);
                _held[key] = HeldByBots(key) + fill.Signed;
            }

            Refresh(new PositionKey(fill.Symbol, fill.PositionSide), fill.Terms.Kind, at);
        }
    }

    // The rest of a position is somebody else's. Where it runs against the bots', as after a manual sale, theirs is as good as gone.
    private decimal Trim(PositionKey key)
    {
        if (!_held.TryGetValue(key, out decimal held) || Holdings.Find(key) is not { Kind: not InstrumentKind.Spot } holding)
        {
            return 0;
        }

        decimal net = holding.Net.Quantity;
        decimal kept = Math.Sign(held) == Math.Sign(net) ? Math.Sign(held) * Math.Min(Math.Abs(held), Math.Abs(net)) : 0;
        _held[key] = kept;
        return kept - held;
    }

    private List<FillFact> Inferred(string clientId)
    {
        if (!_inferred.TryGetValue(clientId, out List<FillFact>? rests))
        {
            _inferred[clientId] = rests = [];
        }

        return rests;
    }
}
