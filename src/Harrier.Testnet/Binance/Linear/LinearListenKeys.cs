using Harrier.Domain;
using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;

namespace Harrier.Testnet.Binance.Linear;

/// <summary>
/// Keys of user data streams. An account has one at a time; it ends an hour after it was made or renewed, and is the same until then. Every member
/// is called inside the exchange's gate.
/// </summary>
/// <param name="core">The exchange.</param>
internal sealed class LinearListenKeys(ExchangeCore core)
{
    private const string Path = "/fapi/v1/listenKey";

    private static readonly TimeSpan _life = TimeSpan.FromMinutes(60);

    private readonly Dictionary<ExchangeAccount, ListenKey> _keys = [];
    private long _made;

    /// <summary>What can be asked.</summary>
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("POST", Path, ApiSecurity.Key, 1, Open) { SocketMethod = "userDataStream.start" },
        new("PUT", Path, ApiSecurity.Key, 1, Renew) { SocketMethod = "userDataStream.ping" },
        new("DELETE", Path, ApiSecurity.Key, 1, Close) { SocketMethod = "userDataStream.stop" },
    ];

    /// <summary>The key of an account; null for none.</summary>
    public string? Of(ExchangeAccount account) => _keys.TryGetValue(account, out ListenKey? key) ? key.Text : null;

    /// <summary>Whether a key is valid.</summary>
    public bool IsValid(string key) => _keys.Values.Any(k => k.Text == key);

    /// <summary>Ends the keys whose time is over.</summary>
    /// <returns>Their texts.</returns>
    public IReadOnlyList<string> TakeExpired()
    {
        Timestamp now = core.Now;
        List<ExchangeAccount> ended = [.. _keys.Where(k => k.Value.End <= now).Select(k => k.Key)];
        List<string> texts = [.. ended.Select(a => _keys[a].Text)];
        foreach (ExchangeAccount account in ended)
        {
            _ = _keys.Remove(account);
        }

        return texts;
    }

    private static ApiFault? Answer(ApiCall call, string key)
    {
        call.Json.WriteStartObject();
        call.Json.WriteString("listenKey"u8, key);
        call.Json.WriteEndObject();
        return null;
    }

    private ApiFault? Open(ApiCall call)
    {
        ListenKey? key = _keys.GetValueOrDefault(call.Owner);
        string text = key is not null && key.End > core.Now
            ? key.Text
            : KeyMint.Mint(++_made, "binance-usdm", call.Owner.Name, "listenKey");
        _keys[call.Owner] = new ListenKey(text, core.Now + _life);
        return Answer(call, text);
    }

    private ApiFault? Renew(ApiCall call)
    {
        if (_keys.GetValueOrDefault(call.Owner) is not { } key || key.End <= core.Now)
        {
            return LinearFaults.NoListenKey;
        }

        _keys[call.Owner] = key with { End = core.Now + _life };
        return Answer(call, key.Text);
    }

    private ApiFault? Close(ApiCall call)
    {
        _ = _keys.Remove(call.Owner);
        LinearAnswers.WriteEmpty(call.Json);
        return null;
    }

    private sealed record ListenKey(string Text, Timestamp End);
}
