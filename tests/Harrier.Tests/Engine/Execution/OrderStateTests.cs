using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Tests.Engine.Execution;

/// <summary>The order state machine: terminal states are final, and an order never becomes less known.</summary>
public sealed class OrderStateTests
{
    private static readonly OrderState[] All = Enum.GetValues<OrderState>();

    [Fact]
    public void TerminalStates_AreFinal()
    {
        OrderState[] terminal = [.. All.Where(OrderStates.IsTerminal)];
        terminal.ShouldBe([OrderState.Filled, OrderState.Canceled, OrderState.Expired, OrderState.Rejected]);
        terminal.SelectMany(_ => All, OrderStates.MayMove).ShouldAllBe(allowed => !allowed);
    }

    [Fact]
    public void NothingGoesBackToSubmitted() => All.ShouldAllBe(state => !OrderStates.MayMove(state, OrderState.Submitted));

    [Theory]
    [InlineData(OrderState.Submitted, OrderState.Filled, true)]
    [InlineData(OrderState.Submitted, OrderState.Rejected, true)]
    [InlineData(OrderState.PendingCancel, OrderState.Filled, true)]
    [InlineData(OrderState.PendingCancel, OrderState.PartiallyFilled, true)]
    [InlineData(OrderState.PartiallyFilled, OrderState.Rejected, false)]
    [InlineData(OrderState.PartiallyFilled, OrderState.Accepted, false)]
    [InlineData(OrderState.PendingCancel, OrderState.Accepted, false)]
    public void MayMove_IsTheTable(OrderState from, OrderState to, bool allowed) => OrderStates.MayMove(from, to).ShouldBe(allowed);

    [Fact]
    public void ClientOrderId_AsText_IsShortAndPlain()
    {
        string text = new ClientOrderId(0xABCDEF01, 123).ToString();
        text.ShouldBe("habcdef01-123");
        text.Length.ShouldBeLessThanOrEqualTo(36);
    }
}
