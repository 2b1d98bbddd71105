using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Harrier.Engine.Risk;

namespace Harrier.Exchanges.Tests.VenueAccounts;

/// <summary>A start after so long a time that the venue shows nothing of the order any more: its position has to tell.</summary>
public sealed class ForgetfulVenueTests
{
    [Fact]
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The life disposes of its invoker, and that of its handler.")]
    public async Task F34_StopFilledWhileNobodyRan_AndForgottenByTheVenue_ThePositionDecides_AndWhatNobodyCanExplainHalts()
    {
        await using AccountScene scene = await AccountScene.StartAsync("binance-usdm");
        await using (AccountLife life = await scene.LiveAsync())
        {
            await life.EnterAsync();
        }

        // Down through the stop, which sells to the house.
        scene.Exchange.House(isSell: true, 62_000m, 1000m);
        scene.Exchange.House(isSell: false, 61_900m, 100m);
        scene.Exchange.House(isSell: false, 62_000m, 1m);
        scene.Exchange.TruePosition().ShouldBe(0, "the stop has sold");

        decimal held = 0;
        for (int start = 0; start < 2; start++)
        {
            await using AccountLife life = await scene.LiveAsync(parts => parts with { Http = new HttpMessageInvoker(new Forgetful()) });
            await life.Becomes(
                () => life.Account.Engine.Portfolio.Position(default, life.Instrument.Id).IsFlat && life.Status.Risk.State == TradingState.Halted && life.Told.Contains("the books differ", StringComparison.Ordinal),
                "flat, as the venue says, and halted");
            (held, decimal before) = (AccountScene.Owned(life), held);
            (start == 0 || held == before).ShouldBeTrue("what was concluded is concluded once");

            // The trigger made an order with another id, which nobody can lead back to the stop: its fee is the difference.
            life.Told.ShouldContain(FormattableString.Invariant($"the books differ: USDT: the bots own {held:0.########} together, the account {scene.Wallet:0.########}"));
            life.Rise();
            scene.Exchange.TrueOpenClientIds().ShouldBeEmpty();
            scene.Exchange.TruePosition().ShouldBe(0);
        }
    }

    /// <summary>Knows no order by its id.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "Whoever is answered disposes of the answer.")]
    private sealed class Forgetful() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.Method == HttpMethod.Get && (request.RequestUri!.Query.Contains("lientOrderId", StringComparison.OrdinalIgnoreCase) || request.RequestUri.Query.Contains("lientAlgoId", StringComparison.OrdinalIgnoreCase))
                ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new StringContent("""{"code":-2013,"msg":"Order does not exist."}""", Encoding.UTF8, "application/json") })
                : base.SendAsync(request, cancellationToken);
    }
}
