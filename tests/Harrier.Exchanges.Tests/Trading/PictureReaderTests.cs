using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Trading;

public sealed class PictureReaderTests
{
    private readonly TradingScene _scene = new();

    [Fact]
    public async Task Read_OrdersWithoutAName_DoNotHideOneAnother()
    {
        _scene.Client.Open = [Unnamed(1), Unnamed(2), _scene.Shown(VenueOrderStatus.Open, sequence: 3, venueId: 3)];

        AccountPicture picture = await ReadAsync();

        picture.Orders.Select(o => (o.ClientId, o.VenueId!.Value.ToString())).ShouldBe([(TradingScene.Id(3).ToString(), "3"), ("", "1"), ("", "2")], ignoreOrder: true);
    }

    [Fact]
    public async Task Compare_OrdersOfSomebodyElseWithoutAName_AreEachReported()
    {
        _scene.Client.Open = [Unnamed(1)];
        AccountBook book = new();
        Report(book, await ReadAsync()).Count.ShouldBe(1);
        _scene.Client.Open = [Unnamed(1), Unnamed(2)];

        Report(book, await ReadAsync()).Select(d => d.Kind).ShouldBe([DifferenceKind.ForeignOrder]);
    }

    private VenueOrder Unnamed(long venueId) => _scene.Shown(VenueOrderStatus.Open, venueId: venueId) with { ClientId = "" };

    private IReadOnlyList<Difference> Report(AccountBook book, AccountPicture picture)
    {
        IReadOnlyList<Difference> found = Reconciler.Compare(book, picture, new ReconciliationPolicy(), Timestamp.From(_scene.Time.GetUtcNow()));
        foreach (AccountFact fact in found.Select(d => d.Resolution.Fact).OfType<AccountFact>())
        {
            book.Apply(fact);
        }

        return found;
    }

    private async Task<AccountPicture> ReadAsync()
    {
        PictureRequest request = new()
        {
            Symbols = [],
            FillsFrom = new Timestamp(0),
            AskAfter = static _ => [],
            TermsOf = _ => FactMapping.TermsOf(_scene.Instrument),
        };
        return (await new PictureReader(_scene.Client, _scene.Time).ReadAsync(request, TestContext.Current.CancellationToken)).Value.Picture;
    }
}
