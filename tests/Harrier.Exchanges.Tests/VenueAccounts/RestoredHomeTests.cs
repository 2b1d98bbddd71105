using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Hosting.Records;

namespace Harrier.Exchanges.Tests.VenueAccounts;

/// <summary>A home that is made of a backup of a running one, on an account that has, or has not, traded since.</summary>
public sealed class RestoredHomeTests : IDisposable
{
    private readonly DirectoryInfo _other = Directory.CreateTempSubdirectory("harrier-restored-");

    private string Backup => Path.Combine(_other.FullName, "backup");

    private string Home => Path.Combine(_other.FullName, "home");

    public void Dispose() => _other.Delete(recursive: true);

    [Theory]
    [InlineData("binance-usdm")]
    public async Task Start_WhereNothingTradedSince_GoesOnWhereItWas_AndSendsNothingAgain(string venue)
    {
        await using AccountScene scene = await AccountScene.StartAsync(venue);
        await using (AccountLife life = await scene.LiveAsync())
        {
            await life.EnterAsync();
            HomeBackup.Run(scene.Home, Backup);
        }

        HomeBackup.Restore(Backup, Home);
        IReadOnlyList<string> before = scene.Exchange.TrueOrders();
        await using AccountLife second = await scene.LiveAsync(parts => parts with { Home = Home });
        await second.Sound();

        scene.Difference(second).ShouldBeNull();
        second.Working.ShouldHaveSingleItem().Intent.Purpose.ShouldBe(OrderPurpose.StopLoss);
        second.Account.Engine.Risk.State.ShouldBe(TradingState.Active, second.Told);
        scene.Exchange.TrueOrders().ShouldBe(before);
    }

    /// <summary>What happened since is known to the venue and to no journal of this home: it is not guessed. Nothing is opened until a person has looked.</summary>
    [Theory]
    [InlineData("binance-usdm")]
    [InlineData("bybit-spot")]
    public async Task Start_WhereTheExitCameAfterTheBackup_HaltsAndSaysWhatDiffers_AndOpensNothing(string venue)
    {
        await using AccountScene scene = await AccountScene.StartAsync(venue);
        await using (AccountLife life = await scene.LiveAsync())
        {
            await life.EnterAsync();
            HomeBackup.Run(scene.Home, Backup);
            int fills = scene.Exchange.TrueFills().Count;
            life.Fall();
            await life.Becomes(() => scene.Exchange.TrueFills().Count > fills && scene.Difference(life) is null, "the exit");
        }

        HomeBackup.Restore(Backup, Home);
        IReadOnlyList<string> before = scene.Exchange.TrueOrders();
        await using AccountLife second = await scene.LiveAsync(parts => parts with { Home = Home });
        await second.Becomes(() => second.Account.Engine.Risk.State == TradingState.Halted && second.Told.Contains("halted: the books differ: ", StringComparison.Ordinal), "a halt with its reason");
        second.Rise();
        second.Step();

        scene.Exchange.TrueOrders().ShouldBe(before, "nothing is sent, again or anew");
    }
}
