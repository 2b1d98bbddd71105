using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Uphold;
using Harrier.Exchanges.Uphold.Mapping;
using Harrier.Exchanges.Uphold.Wire;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>The examples of the venue's documents, value by value.</summary>
public sealed class UpholdMappingTests
{
    [Fact]
    public void Of_TheTransactionOfTheDocuments_HasItsAmountsFeesAndTerms()
    {
        UpholdTransaction transaction = Transaction("transactions/Create & Commit a Transaction");

        transaction.Id.ToString().ShouldBe("2c326b15-7106-48be-a326-06f19e69746b");
        transaction.Status.ShouldBe(UpholdStatus.Completed);
        transaction.Origin.ShouldBe(new UpholdLeg("48ce2ac5-c038-4426-b2f8-a2bdbcc93053", Money("6.56", "USD"), 6.56m, 0, 0, 1.16795m));
        transaction.Destination.ShouldBe(new UpholdLeg("bc9b3911-4bc1-4c6d-ac05-0ae87dcfc9b3", Money("5.57", "EUR"), 5.61m, 0.04m, 0, 0.8562m));
        transaction.Fees.ShouldBe([Money("0.04", "EUR")]);
        transaction.TimeToLive.ShouldBe(TimeSpan.FromMilliseconds(18_000));
        transaction.CreatedAt.ShouldBe(Timestamp.From(new DateTimeOffset(2018, 8, 1, 9, 53, 47, 20, TimeSpan.Zero)));
        transaction.Reference.ShouldBeNull();
    }

    [Fact]
    public void Of_TheWithdrawalOfTheDocuments_KeepsTheNetworksFee()
    {
        List<TransactionMessage> list = UpholdDocuments.Example("transactions/Get All Transactions (Public)").Deserialize(UpholdJson.Default.ListTransactionMessage)!;

        UpholdTransaction withdrawal = FactMapping.Of(list[1]);

        withdrawal.Origin.Amount.ShouldBe(Money("0.0102", "BTC"));
        withdrawal.Origin.Base.ShouldBe(0.01m);
        withdrawal.Origin.Fee.ShouldBe(0.0002m);
        withdrawal.Destination.CardId.ShouldBeNull();
        withdrawal.Fees.ShouldBe([Money("0.0002", "BTC")]);
    }

    [Fact]
    public void Of_TheTickersOfTheDocuments_KeepEveryDigit()
    {
        List<TickerMessage> list = UpholdDocuments.Example("tickers/Get Tickers for Currency").Deserialize(UpholdJson.Default.ListTickerMessage)!;

        list.Count.ShouldBe(72);
        UpholdTicker ticker = FactMapping.Of(list.Single(t => t.Pair == "USDLBA"), "");
        ticker.Bid.ToString(CultureInfo.InvariantCulture).ShouldBe("37.439161362785473605");
        ticker.Ask.ToString(CultureInfo.InvariantCulture).ShouldBe("37.537537537537537538");
        ticker.Quote.ShouldBe(new Asset("LBA"));
    }

    [Fact]
    public void Of_EveryTickerOfTheDocuments_IsTheTextItWas()
    {
        JsonElement[] texts = [.. UpholdDocuments.Example("tickers/Get Tickers for Currency").EnumerateArray()];
        List<TickerMessage> list = UpholdDocuments.Example("tickers/Get Tickers for Currency").Deserialize(UpholdJson.Default.ListTickerMessage)!;
        for (int i = 0; i < texts.Length; i++)
        {
            list[i].Ask.ToString(CultureInfo.InvariantCulture).ShouldBe(texts[i].GetProperty("ask").GetString());
            list[i].Bid.ToString(CultureInfo.InvariantCulture).ShouldBe(texts[i].GetProperty("bid").GetString());
        }
    }

    [Fact]
    public void Of_TheCardsOfTheDocuments_HaveBalancesAndTheirWorth()
    {
        List<CardMessage> list = UpholdDocuments.Example("cards/List Cards").Deserialize(UpholdJson.Default.ListCardMessage)!;

        UpholdCard card = FactMapping.Of(list[1]);

        card.Balance.ShouldBe(Money("146.38", "EUR"));
        card.Available.ShouldBe(146.38m);
        card.Normalized.ShouldBe(Money("170.96", "USD"));
        card.Label.ShouldBe("EUR card");
    }

    [Fact]
    public void Of_TheAssetsOfTheDocuments_SayWhatCanBeConverted()
    {
        List<UpholdAsset> assets = [.. UpholdDocuments.Example("currencies/List Supported Assets").Deserialize(UpholdJson.Default.ListAssetMessage)!.Select(FactMapping.Of)];

        assets.Select(a => (a.Asset.Code, a.Precision, a.Type, a.IsTradable)).ShouldBe(
        [
            ("BTC", 8, "cryptocurrency", true), ("USD", 2, "fiat", true), ("XPT", 8, "commodity", true), ("AAPL", 6, "equity", true),
        ]);
        (assets[0] with { Status = "halted" }).IsTradable.ShouldBeFalse();
    }

    [Fact]
    public void Of_TheUserOfTheDocuments_NeedsNoPasswordForTransfers()
    {
        UserMessage user = UpholdDocuments.Example("users/Get User").Deserialize(UpholdJson.Default.UserMessage)!;
        FactMapping.Of(user).ShouldBe(new UpholdUser("ok", new Asset("USD"), WantsPassword: false));
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.00", "0")]
    [InlineData("-1.50", "-1.5")]
    [InlineData("0.000000000000000001", "0.000000000000000001")]
    [InlineData("79228162514.264337593543950335", "79228162514.264337593543950335")]
    [InlineData("12345678901.123456789012345678", "12345678901.123456789012345678")]
    [InlineData("5.00000000000000000000000000000000000", "5")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    public void TryParse_DigitsThatFit_AreKeptAll(string text, string kept)
    {
        ExactDecimalConverter.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out decimal value).ShouldBeTrue();
        value.ToString(CultureInfo.InvariantCulture).ShouldBe(kept);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e5")]
    [InlineData("1,5")]
    [InlineData("+1")]
    [InlineData("NaN")]
    [InlineData(" 1")]
    [InlineData("1.2.3")]
    [InlineData("79228162514.264337593543950336")]
    [InlineData("792281625142.643375935439503351")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("100000000000000000000000000000")]
    public void TryParse_WhatIsNoNumberOrTooLong_IsRefusedAndNotRounded(string text) =>
        ExactDecimalConverter.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void TryParse_ThousandsOfRandomAmounts_AgreeWithTheFrameworkWhereThatIsExact()
    {
        Harrier.Simulation.Randomness.RandomStream random = new(11);
        for (int i = 0; i < 20_000; i++)
        {
            string digits = string.Concat(Enumerable.Range(0, 1 + (int)(random.NextDouble() * 27)).Select(_ => (int)(random.NextDouble() * 10)));
            int point = (int)(random.NextDouble() * digits.Length);
            string text = point == 0 ? "0." + digits : digits[..point] + (point < digits.Length ? "." + digits[point..] : "");

            ExactDecimalConverter.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out decimal value).ShouldBeTrue(text);

            value.ShouldBe(decimal.Parse(text, CultureInfo.InvariantCulture), text);
        }
    }

    [Theory]
    [InlineData("processing", UpholdStatus.Processing)]
    [InlineData("pending", UpholdStatus.Pending)]
    [InlineData("failed", UpholdStatus.Failed)]
    [InlineData("cancelled", UpholdStatus.Canceled)]
    [InlineData("waiting", UpholdStatus.Unknown)]
    public void Of_AStatus_IsOneOfOurs(string word, UpholdStatus status)
    {
        TransactionMessage message = UpholdDocuments.Example("transactions/Create & Commit a Transaction").Deserialize(UpholdJson.Default.TransactionMessage)! with { Status = word };
        FactMapping.Of(message).Status.ShouldBe(status);
    }

    [Fact]
    public void Of_ACardWithoutABalance_IsRefused() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize("""{"id":"a","currency":"USD","available":"1.00"}""", UpholdJson.Default.CardMessage));

    private static UpholdTransaction Transaction(string section) => FactMapping.Of(UpholdDocuments.Example(section).Deserialize(UpholdJson.Default.TransactionMessage)!);

    private static Money Money(string amount, string asset) => new(decimal.Parse(amount, CultureInfo.InvariantCulture), new Asset(asset));
}
