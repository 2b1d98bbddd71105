using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Storage.Journal;

namespace Harrier.Exchanges.Tests.VenueAccounts;

/// <summary>A loss of power: of each journal only what was brought to the disk before an order left is sure to be there, whatever was told of afterwards.</summary>
public sealed class VenueAccountPowerTests
{
    [Theory]
    [InlineData("binance-usdm")]
    [InlineData("bybit-spot")]
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The life disposes of its invoker, and that of its handler.")]
    public async Task F37_PowerLostAfterTheLastOrderLeft_NothingThatTheVenueHasIsMissing(string venue)
    {
        await using AccountScene scene = await AccountScene.StartAsync(venue);
        SureLengths sure = new(scene.Home);
        await using (AccountLife life = await scene.LiveAsync(parts => parts with { Http = new HttpMessageInvoker(sure) }))
        {
            await life.EnterAsync();
        }

        // What was heard of the entry and of its stop after the stop had left: acknowledgments, or the fill itself.
        string journal = scene.NewestJournal();
        JournalRecord[] records = [.. new JournalReader(Path.GetDirectoryName(journal)!).Records()];
        int stop = Array.FindLastIndex(records, static record => record.Type == JournalRecordType.Submitted);
        (new FileInfo(sure.Account).Length > sure.Length && stop < records.Length - 1).ShouldBeTrue("both lose something");
        Cut(sure.Account, sure.Length);
        Cut(journal, records[stop + 1].Offset);

        await using AccountLife second = await scene.LiveAsync();
        await second.Sound();
        await second.Becomes(
            () => scene.Difference(second) is null && second.Working is [{ State: OrderState.Accepted, Intent.Purpose: OrderPurpose.StopLoss }],
            "the position of the venue, and one stop");
        second.Account.Engine.Portfolio.Position(default, second.Instrument.Id).IsFlat.ShouldBeFalse();
        second.Status.Risk.State.ShouldBe(TradingState.Active);
    }

    private static void Cut(string path, long length)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
    }

    /// <summary>Notes how long the record of the account is as each order leaves: that much is on the disk then, where orders wait for it.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The base class disposes of it.")]
    private sealed class SureLengths(string home) : DelegatingHandler(new SocketsHttpHandler())
    {
        public string Account => Directory.GetFiles(home, "*.account", SearchOption.AllDirectories).ShouldHaveSingleItem();

        public long Length { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.Contains("rder", StringComparison.Ordinal))
            {
                Length = new FileInfo(Account).Length;
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
