using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;

namespace Harrier.Tests.Domain.Orders;

public sealed class VenueTradeIdTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("2100000000007764263")]
    [InlineData("9223372036854775807")]
    [InlineData("7e2ae69c-4edf-5800-a352-893d52b446aa")]
    [InlineData("00000000-0000-0001-8000-000000000000")]
    public void TryParse_IdsOfVenues_ComeBackAsTheirText(string text)
    {
        VenueTradeId.TryParse(text, out VenueTradeId id).ShouldBeTrue();

        id.ToString().ShouldBe(text);
        id.IsDerived.ShouldBeFalse();
        VenueTradeId.FromParts(id.High, id.Low).ShouldBe(id);
        VenueTradeId.TryParse(Encoding.UTF8.GetBytes(text), out VenueTradeId fromBytes).ShouldBeTrue();
        fromBytes.ShouldBe(id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("007")]
    [InlineData("+7")]
    [InlineData("7 ")]
    [InlineData("9223372036854775808")]
    [InlineData("bt-123")]
    [InlineData("7e2ae69c4edf5800a352893d52b446aa")]
    [InlineData("7e2ae69c-4edf-5800-a352-893d52b446ag")]
    [InlineData("00000000-0000-0000-0000-000000000007")]
    [InlineData("päpäpäpäpäpäpäpäpäpäpäpäpäpäpäpäpäpä")]
    public void TryParse_WhatWouldNotComeBack_IsRefused(string text) => VenueTradeId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Number_AnyLong_IsKeptExactly() => Prop.ForAll<long>(static number =>
    {
        VenueTradeId id = number;
        return unchecked((long)id.Low) == number && id.ToString() == number.ToString(CultureInfo.InvariantCulture) && !id.IsDerived;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_AUuidInCapitals_IsTheSameId()
    {
        VenueTradeId.TryParse("7E2AE69C-4EDF-5800-A352-893D52B446AA", out VenueTradeId capitals).ShouldBeTrue();
        VenueTradeId.TryParse("7e2ae69c-4edf-5800-a352-893d52b446aa", out VenueTradeId small).ShouldBeTrue();

        capitals.ShouldBe(small);
    }

    [Fact]
    public void Derive_TheSameFacts_GiveTheSameIdThatNoVenueGives()
    {
        VenueTradeId id = VenueTradeId.Derive("bybit-linear BTCUSDT h1-1 0.5");

        id.ShouldBe(VenueTradeId.Derive("bybit-linear BTCUSDT h1-1 0.5"));
        id.ShouldNotBe(VenueTradeId.Derive("bybit-linear BTCUSDT h1-1 0.6"));
        id.IsDerived.ShouldBeTrue();
        id.ToString()[14].ShouldBe('8', "version 8 of RFC 9562");
        VenueTradeId.TryParse(id.ToString(), out VenueTradeId read).ShouldBeTrue();
        read.IsDerived.ShouldBeTrue();
    }
}
