using System.CommandLine;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Tests.Contract;
using Harrier.Exchanges.Trading;
using Harrier.Storage.Accounts;

namespace Harrier.Exchanges.Tests.Reconciliation;

/// <summary><c>reconcile</c>, whole, against the built-in exchange.</summary>
public sealed class ReconcileVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("harrier-reconcile-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    private string KeyFile => Path.Combine(_folder, "key.json");

    private string Home => Path.Combine(_folder, "home");

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("binance-spot")]
    [InlineData("binance-usdm")]
    [InlineData("bybit-spot")]
    [InlineData("bybit-linear")]
    public async Task Reconcile_ForeignOrderAndPosition_AreShownAppliedAndGone(string venue)
    {
        await using ContractRig rig = await StartAsync(venue);
        bool isSpot = rig.Instrument.Kind == InstrumentKind.Spot;
        (await Run(rig, venue)).ShouldBe(0, _errors.ToString());
        _output.ToString().ShouldContain("differences  none");

        // Nothing was known; the first picture becomes the beginning.
        (await Run(rig, venue, "--apply")).ShouldBe(0, _errors.ToString());
        await rig.PlaceAsync(Request("web-1", OrderType.Limit, 64_000m));
        await rig.PlaceAsync(Request("web-2", OrderType.Market, 0));

        JsonElement shown = await Json(rig, venue, 1);
        Kinds(shown).ShouldBe([("foreign_fill", "record_foreign"), ("foreign_order", "report")]);
        (await Run(rig, venue)).ShouldBe(1);
        _output.ToString().ShouldContain("foreign_order");
        shown = await Json(rig, venue, 1, "--apply");
        shown.GetProperty("applied").GetBoolean().ShouldBeTrue();
        shown = await Json(rig, venue, 0);
        shown.GetProperty("differences").GetArrayLength().ShouldBe(0);
        JsonElement position = shown.GetProperty("positions")[0];
        (position.GetProperty("quantity").GetString(), position.GetProperty("state").GetString()).ShouldBe(("0.01", "open"));
        rig.TrueOpenClientIds().ShouldBe(["web-1"], "it is not touched");
        shown.GetProperty("foreign_orders").EnumerateArray().Select(o => (o.GetProperty("client_id").GetString(), o.GetProperty("price").GetString()))
            .ShouldBe([("web-1", "64000")], "and stays in sight");
        (await Run(rig, venue)).ShouldBe(0);
        _output.ToString().ShouldContain("BUY 0.01 @ 64000, id web-1, left alone");
        shown.GetProperty("key").GetString()!.ShouldEndWith("***");
        isSpot.ShouldBe(venue.EndsWith("spot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reconcile_OrdersOfAnEndedProcess_AreSettledByTheJournal()
    {
        await using ContractRig rig = await StartAsync("binance-usdm");
        (await Run(rig, "binance-usdm", "--apply")).ShouldBe(0, _errors.ToString());
        string folder = AccountJournal.FolderOf(Home, new VenueId("binance-usdm"), rig.Credentials.Scope);
        AccountBook book = new();
        using (AccountJournal journal = AccountJournal.Open(folder, fact => book.Apply(fact)))
        {
            AccountRecord record = new(book, journal);
            Timestamp before = Timestamp.From(TimeProvider.System.GetUtcNow()) + -TimeSpan.FromMinutes(1);
            OrderRequest request = Request(new ClientOrderId(1, 1).ToString(), OrderType.Market, 0);
            record.Take(new OrderIntended(before, FactMapping.Of(request, FactMapping.TermsOf(rig.Instrument), default)));
            record.TrySync().ShouldBeTrue();
            (await Run(rig, "binance-usdm", "--apply")).ShouldBe(1, "another process has it open");
            _errors.ToString().ShouldContain("a running program may have it open");
        }

        await rig.PlaceAsync(Request(new ClientOrderId(1, 1).ToString(), OrderType.Market, 0));
        Kinds(await Json(rig, "binance-usdm", 1, "--apply")).ShouldContain(("missed_fill", "adopt_fill"));
        (await Json(rig, "binance-usdm", 0)).GetProperty("working_orders").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("--venue mtgox", "error: venue: mtgox")]
    [InlineData("--venue binance-spot --endpoint nowhere", "error: endpoint: nowhere")]
    public async Task Reconcile_BadInput_SaysWhatIsAllowed(string arguments, string expected)
    {
        WriteKey("binance-spot", new ApiCredentials("keyCanary0123456789", new Secret("s")));
        (await Invoke($"{arguments} --key-file {KeyFile}")).ShouldBe(2);
        _errors.ToString().ShouldContain(expected);
        _output.ToString().ShouldBeEmpty();
    }

    private static async Task<ContractRig> StartAsync(string venue) => await ContractRig.StartAsync(venue switch
    {
        "binance-spot" => new BinanceVenue(BinanceMarket.Spot),
        "binance-usdm" => new BinanceVenue(BinanceMarket.UsdM),
        "bybit-spot" => new BybitVenue(BybitMarket.Spot),
        _ => new BybitVenue(BybitMarket.Linear),
    });

    private static OrderRequest Request(string clientId, OrderType type, decimal price) => new()
    {
        Symbol = ContractRig.Symbol,
        ClientId = clientId,
        Side = OrderSide.Buy,
        Type = type,
        Quantity = 0.01m,
        Price = price,
    };

    private static IEnumerable<(string?, string?)> Kinds(JsonElement root) =>
        root.GetProperty("differences").EnumerateArray().Select(d => (d.GetProperty("kind").GetString(), d.GetProperty("resolution").GetString()));

    private async Task<JsonElement> Json(ContractRig rig, string venue, int expected, string more = "")
    {
        (await Run(rig, venue, "--json " + more)).ShouldBe(expected, _errors.ToString());
        return JsonDocument.Parse(_output.ToString()).RootElement.Clone();
    }

    private async Task<int> Run(ContractRig rig, string venue, string more = "")
    {
        WriteKey(venue, rig.Credentials);
        return await Invoke($"--venue {venue} --key-file {KeyFile} --endpoint {rig.Origin.GetLeftPart(UriPartial.Authority)} --home {Home} {more}");
    }

    private async Task<int> Invoke(string arguments)
    {
        _output.GetStringBuilder().Clear();
        _errors.GetStringBuilder().Clear();
        Command command = ReconcileVerb.Create(new Option<bool>("--verbose"));
        return await command.Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = _output, Error = _errors }, TestContext.Current.CancellationToken);
    }

    private void WriteKey(string venue, ApiCredentials credentials)
    {
        File.WriteAllText(KeyFile, JsonSerializer.Serialize(new { venue, key = credentials.Key, secret = credentials.Secret.Reveal() }));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
