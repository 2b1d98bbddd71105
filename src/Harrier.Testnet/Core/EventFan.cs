namespace Harrier.Testnet.Core;

/// <summary>Tells the listeners, and collects what is told once per command: balances and best prices.</summary>
internal sealed class EventFan
{
    private readonly List<ChangedAccount> _changed = [];
    private readonly List<AssetBalance> _balances = [];
    private IExchangeListener[] _listeners = [];

    public bool HasListeners => _listeners.Length > 0;

    public void Subscribe(IExchangeListener listener) => _listeners = [.. _listeners, listener];

    public void Unsubscribe(IExchangeListener listener) => _listeners = [.. _listeners.Where(l => !ReferenceEquals(l, listener))];

    public void Trade(ListedInstrument instrument, PublicTrade trade)
    {
        foreach (IExchangeListener listener in _listeners)
        {
            listener.OnTrade(instrument, trade);
        }
    }

    public void Depth(ListedInstrument instrument, in DepthChange change)
    {
        foreach (IExchangeListener listener in _listeners)
        {
            listener.OnDepth(instrument, change);
        }
    }

    public void Top(ListedInstrument instrument, in TopOfBook top)
    {
        foreach (IExchangeListener listener in _listeners)
        {
            listener.OnTop(instrument, instrument.LastUpdateId, top);
        }
    }

    public void Mark(ListedInstrument instrument)
    {
        foreach (IExchangeListener listener in _listeners)
        {
            listener.OnMark(instrument);
        }
    }

    public void Listing(ListedInstrument instrument)
    {
        foreach (IExchangeListener listener in _listeners)
        {
            listener.OnListing(instrument);
        }
    }

    public void Order(ExchangeOrder order, OrderEventKind kind, ExchangeFill? fill = null, string? reason = null)
    {
        if (order.Account.IsHouse)
        {
            return;
        }

        foreach (IExchangeListener listener in _listeners)
        {
            listener.OnOrder(order, kind, fill, reason);
        }
    }

    public void Working(ExchangeOrder order)
    {
        if (order.Account.IsHouse)
        {
            return;
        }

        foreach (IExchangeListener listener in _listeners)
        {
            listener.OnWorking(order);
        }
    }

    public void Settings(ExchangeAccount account)
    {
        foreach (IExchangeListener listener in _listeners)
        {
            listener.OnSettings(account);
        }
    }

    /// <summary>Tells that an account was restored; what was noted on the way did not happen now.</summary>
    public void Restored(ExchangeAccount account)
    {
        _changed.Clear();
        foreach (IExchangeListener listener in _listeners)
        {
            listener.OnRestored(account);
        }
    }

    /// <summary>Notes that an asset of an account changed.</summary>
    public void Touch(ExchangeAccount account, int asset)
    {
        if (!account.IsHouse && _listeners.Length > 0)
        {
            Noted(account).Assets.Add(asset);
        }
    }

    /// <summary>Notes that a position changed; with several, each is told in an event of its own.</summary>
    public void Touch(ExchangePosition position)
    {
        if (!position.Account.IsHouse && _listeners.Length > 0)
        {
            Noted(position.Account).Positions.Add(position);
        }
    }

    /// <summary>Tells the balances noted.</summary>
    public void FlushBalances(string cause)
    {
        foreach (ChangedAccount changed in _changed)
        {
            _balances.Clear();
            foreach (int asset in changed.Assets)
            {
                _balances.Add(changed.Account.BalanceOf(asset));
            }

            if (changed.Positions.Count == 0)
            {
                Tell(changed.Account, cause, null);
            }

            foreach (ExchangePosition position in changed.Positions)
            {
                Tell(changed.Account, cause, position);
            }
        }

        _changed.Clear();
    }

    private void Tell(ExchangeAccount account, string cause, ExchangePosition? position)
    {
        foreach (IExchangeListener listener in _listeners)
        {
            listener.OnBalances(account, _balances, cause, position);
        }
    }

    private ChangedAccount Noted(ExchangeAccount account)
    {
        foreach (ChangedAccount changed in _changed)
        {
            if (ReferenceEquals(changed.Account, account))
            {
                return changed;
            }
        }

        ChangedAccount noted = new(account, [], []);
        _changed.Add(noted);
        return noted;
    }

    private sealed record ChangedAccount(ExchangeAccount Account, SortedSet<int> Assets, HashSet<ExchangePosition> Positions);
}
