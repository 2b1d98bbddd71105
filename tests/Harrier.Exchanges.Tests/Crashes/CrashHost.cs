using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Contract;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Storage.Accounts;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Crashes;

/// <summary>The moment at which the process stands still, so that it can be killed there.</summary>
public enum CrashPoint
{
    /// <summary>Nowhere: it is killed while it runs.</summary>
    Anywhere,

    /// <summary>F31: the intent is in the journal, and the order has not left.</summary>
    BeforeSending,

    /// <summary>F32: the venue has executed the order, and its answer has not been seen.</summary>
    BeforeReply,

    /// <summary>F33: the news of a fill is here, and not in the journal.</summary>
    BeforeBooking,
}

/// <summary>What the process is told at its start.</summary>
/// <param name="Venue">Full name of the venue.</param>
/// <param name="House">The exchange's ready line about it.</param>
/// <param name="Folder">The account's journal.</param>
/// <param name="Point">Where it stands still.</param>
public sealed record CrashOrders(string Venue, string House, string Folder, CrashPoint Point);

/// <summary>
/// A process that trades one account through its journal, as told line by line on its input: <c>SEQUENCE SIDE LOTS PRICE</c>, price 0 for the
/// market, or <c>cancel SEQUENCE</c>. It says each report in a line of its output, and <c>still</c> when it reaches the moment it was told to stop at.
/// </summary>
internal static class CrashHost
{
    public const string Variable = "HARRIER_CRASH_HOST";

    public static CrashOrders? Asked =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? JsonSerializer.Deserialize<CrashOrders>(text) : null;

    public static ContractVenue VenueOf(string name) => name switch
    {
        "binance-spot" => new BinanceVenue(BinanceMarket.Spot),
        "binance-usdm" => new BinanceVenue(BinanceMarket.UsdM),
        "bybit-spot" => new BybitVenue(BybitMarket.Spot),
        _ => new BybitVenue(BybitMarket.Linear),
    };

    public static async Task RunAsync(CrashOrders orders)
    {
        ContractVenue venue = VenueOf(orders.Venue);
        JsonElement house = JsonDocument.Parse(orders.House).RootElement;
        Instrument instrument = ContractRig.InstrumentOf(venue);
        AccountBook book = new();
        using AccountJournal journal = AccountJournal.Open(orders.Folder, fact => book.Apply(fact));
        using HttpMessageInvoker plain = RestTransport.Create();
        using HoldingHandler handler = new(plain, orders.Point);
        using HttpMessageInvoker http = new(handler);
        VenueSurroundings surroundings = new(http, new HttpSocketFactory(http), TimeProvider.System, NullLogger.Instance) { Jitter = static () => 0.5 };
        ContractAccount account = new(house, ContractRig.CredentialsOf(house), [ContractRig.Symbol, ContractRig.OtherSymbol]);
        TradingVenueOptions options = ContractRig.Options(instrument, Say) with
        {
            Record = new AccountRecord(book, orders.Point == CrashPoint.BeforeBooking ? new HoldingJournal(journal) : journal),
        };
        await using TradingVenue trading = new(venue.Open(account, surroundings), options, surroundings);
        Tell((await trading.StartAsync(default)).IsOk ? "started" : "failed");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Obey(trading, instrument, line.Split(' '));
        }
    }

    public static void StandStill()
    {
        Tell("still");
        Thread.CurrentThread.Join();
    }

    private static void Obey(TradingVenue trading, Instrument instrument, string[] words)
    {
        if (words[0] == "cancel")
        {
            trading.Cancel(new ClientOrderId(1, Number(words[1])));
            return;
        }

        bool isMarket = words[3] == "0";
        OrderIntent intent = new()
        {
            Instrument = instrument.Id,
            Side = Enum.Parse<OrderSide>(words[1]),
            Type = isMarket ? OrderType.Market : OrderType.Limit,
            Size = new SizeLots(Number(words[2])),
            Limit = isMarket ? default : instrument.ToTicks(decimal.Parse(words[3], CultureInfo.InvariantCulture)),
        };
        trading.Submit(new ApprovedOrder(new ClientOrderId(1, Number(words[0])), default, in intent));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Say(ExecutionReport report) => Tell($"{report.Kind} {report.Order}");

    private static void Tell(string line) => Console.Out.WriteLine(line);

    /// <summary>Holds an order back, or its answer.</summary>
    private sealed class HoldingHandler(HttpMessageInvoker inner, CrashPoint point) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            bool isOrder = request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.Contains("order", StringComparison.OrdinalIgnoreCase);
            if (isOrder && point == CrashPoint.BeforeSending)
            {
                StandStill();
            }

            HttpResponseMessage answer = await inner.SendAsync(request, cancellationToken);
            if (isOrder && point == CrashPoint.BeforeReply)
            {
                StandStill();
            }

            return answer;
        }
    }

    /// <summary>Stands still in place of writing a fill.</summary>
    private sealed class HoldingJournal(AccountJournal inner) : IAccountJournal
    {
        public void Append(AccountFact fact)
        {
            if (fact is FillTold)
            {
                StandStill();
            }

            inner.Append(fact);
        }

        public void Sync() => inner.Sync();
    }
}
