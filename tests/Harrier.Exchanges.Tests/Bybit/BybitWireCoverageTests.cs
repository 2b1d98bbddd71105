using System.Text.Json;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Bybit;

/// <summary>Walks every property of every recorded and documented message: each is read, or on the list of those ignored on purpose.</summary>
public sealed class BybitWireCoverageTests
{
    // Options, coin-margined contracts, sub-accounts and account settings are not called here; acknowledgements of sending orders over a socket neither.
    private static readonly string[] _notCalled =
    [
        "option", "inverse", "escrow", "account_info", "sub_api", "sub_members", "sub_member", "sub_apikeys", "sub_account", "order_response", "trades_recent", "get_klines", "get_orderbook",
    ];

    private static readonly Dictionary<string, Type> _shapes = new()
    {
        ["http_get_executions"] = typeof(AnswerMessage<ListMessage<ExecutionMessage>>),
        ["http_get_fee_rate"] = typeof(AnswerMessage<ListMessage<FeeRateMessage>>),
        ["http_get_funding_history"] = typeof(AnswerMessage<ListMessage<FundingRateMessage>>),
        ["http_get_instruments"] = typeof(AnswerMessage<ListMessage<InstrumentMessage>>),
        ["http_get_order"] = typeof(AnswerMessage<ListMessage<OrderMessage>>),
        ["http_get_positions"] = typeof(AnswerMessage<ListMessage<PositionMessage>>),
        ["http_get_tickers"] = typeof(AnswerMessage<ListMessage<ContractTickerMessage>>),
        ["http_get_wallet"] = typeof(AnswerMessage<ListMessage<WalletMessage>>),
        ["http_get_user_query_api"] = typeof(AnswerMessage<KeyMessage>),
        ["http_post_user_update_master_api"] = typeof(AnswerMessage<KeyMessage>),
        ["ws_account_execution"] = typeof(PrivateFrame<ExecutionMessage>),
        ["ws_account_order"] = typeof(PrivateFrame<OrderMessage>),
        ["ws_account_position_with_open_time"] = typeof(PositionMessage),
        ["ws_account_position"] = typeof(PrivateFrame<PositionMessage>),
        ["ws_account_wallet"] = typeof(PrivateFrame<WalletMessage>),
        ["ws_auth"] = typeof(SocketAnswerMessage),
        ["ws_subscription"] = typeof(SocketAnswerMessage),
        ["ws_kline"] = typeof(KlineFrame),
        ["ws_orderbook"] = typeof(BookFrame),
        ["ws_public_trade"] = typeof(TradesFrame),
        ["ws_ticker_linear"] = typeof(TickerFrame),
    };

    [Fact]
    public void DocumentedMessages_EveryProperty_IsReadOrIgnoredOnPurpose()
    {
        HashSet<string> unread = [];
        List<string> nobodys = [];
        int walked = 0;
        foreach (string name in BybitFixtures.Names().Where(n => !Array.Exists(_notCalled, part => n.Contains(part, StringComparison.Ordinal))))
        {
            if (_shapes.OrderByDescending(s => s.Key.Length).FirstOrDefault(s => name.StartsWith(s.Key, StringComparison.Ordinal)).Value is not { } shape)
            {
                nobodys.Add(name);
                continue;
            }

            walked++;
            unread.UnionWith(WireCoverage.Unread(JsonDocument.Parse(BybitFixtures.Named(name)).RootElement, shape, BybitJson.Default).Select(p => name + ": " + p));
        }

        nobodys.ShouldBeEmpty();
        walked.ShouldBeGreaterThan(40);
        unread.ShouldBeEmpty();
    }

    [Fact]
    public void RecordedFrames_EveryProperty_IsReadOrIgnoredOnPurpose()
    {
        HashSet<string> unread = [];
        int frames = 0;
        foreach (string line in BybitFixtures.Lines("tardis/bybit-spot-v5.jsonl").Concat(BybitFixtures.Lines("gocryptotrader/bybit-wsTicker.jsonl")))
        {
            JsonElement frame = JsonDocument.Parse(line).RootElement;
            string topic = frame.GetProperty("topic").GetString()!;
            if (topic.Contains('-', StringComparison.Ordinal) && topic.EndsWith("-P", StringComparison.Ordinal))
            {
                continue;
            }

            Type shape = topic.Split('.')[0] switch
            {
                "orderbook" => typeof(BookFrame),
                "publicTrade" => typeof(TradesFrame),
                _ => typeof(TickerFrame),
            };
            unread.UnionWith(WireCoverage.Unread(frame, shape, BybitJson.Default));
            frames++;
        }

        foreach (byte[] line in BybitFixtures.BookCapture())
        {
            unread.UnionWith(WireCoverage.Unread(JsonDocument.Parse(line).RootElement, typeof(BookFrame), BybitJson.Default));
            frames++;
        }

        frames.ShouldBe(6 + 7 + 50);
        unread.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("fetch_ticker_BTC_USDT")]
    [InlineData("fetch_tickers_BTC_ETH")]
    public void RecordedTickers_EveryProperty_IsReadOrIgnoredOnPurpose(string name) =>
        WireCoverage.Unread(BybitFixtures.Recorded(name), typeof(AnswerMessage<ListMessage<ContractTickerMessage>>), BybitJson.Default).ShouldBeEmpty();
}
