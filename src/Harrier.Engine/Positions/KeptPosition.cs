using Harrier.Domain;
using Harrier.Engine.Strategies;

namespace Harrier.Engine.Positions;

/// <summary>A planned entry in one instrument and the position that came of it.</summary>
internal sealed class KeptPosition : IStateful
{
    public TargetState First;
    public TargetState Second;

    /// <summary>The entry order while it works; the default afterwards.</summary>
    public ClientOrderId Entry { get; set; }

    /// <summary>True while the plan is in force: its entry works, or its position is open.</summary>
    public bool HasPlan { get; private set; }

    /// <summary>True from the first fill until the position is flat.</summary>
    public bool IsOpen { get; private set; }

    public bool IsLong { get; private set; }

    /// <summary>The stop of the plan, which never moves.</summary>
    public PriceTicks InitialStop { get; private set; }

    public string Setup { get; private set; } = "";

    public string Confluence { get; private set; } = "";

    /// <summary>Average price of the entry's fills.</summary>
    public decimal EntryPrice { get; private set; }

    /// <summary>Distance of the entry from its stop in quote currency: 1 R. It stays when stop or size change later.</summary>
    public decimal Risk { get; private set; }

    /// <summary>What the entry bought or sold, in lots.</summary>
    public long EntryLots { get; private set; }

    /// <summary>True once something left, or was added to, the position: entry price, risk and shares stay as they are.</summary>
    public bool IsSettled { get; set; }

    public bool IsAtBreakeven { get; set; }

    public ClientOrderId AddOn { get; set; }

    public bool IsAddOnSpent { get; set; }

    /// <summary>The order that closes the position; the default when none was sent.</summary>
    public ClientOrderId Exit { get; set; }

    /// <summary>Before this instant nothing that failed is tried again.</summary>
    public Timestamp RetryAt { get; set; }

    private decimal PlannedRisk { get; set; }

    public int Direction => IsLong ? 1 : -1;

    /// <summary>An entry was sent.</summary>
    /// <param name="order">Its order.</param>
    /// <param name="plan">What it is.</param>
    /// <param name="risk">Distance of the expected entry from the stop, above 0.</param>
    public void Begin(ClientOrderId order, in EntryPlan plan, decimal risk)
    {
        Clear();
        Entry = order;
        HasPlan = true;
        IsLong = plan.Side == OrderSide.Buy;
        InitialStop = plan.Stop;
        PlannedRisk = risk;
        Setup = plan.Setup;
        Confluence = plan.Confluence ?? "";
    }

    /// <summary>Some of the entry traded.</summary>
    public void Enter(long lots, decimal averagePrice, decimal stop, decimal tick)
    {
        IsOpen = true;
        if (IsSettled)
        {
            return;
        }

        EntryLots += lots;
        EntryPrice = averagePrice;
        decimal distance = Direction * (averagePrice - stop);

        // Filled at its stop or beyond, through a gap: the distance that was planned is the unit still.
        Risk = distance >= tick ? distance : PlannedRisk;
    }

    /// <summary>The position is flat. A rest of the entry that still works keeps its plan.</summary>
    public void Close()
    {
        (ClientOrderId entry, bool isLong, PriceTicks stop, decimal risk, string setup, string confluence) = (Entry, IsLong, InitialStop, PlannedRisk, Setup, Confluence);
        Clear();
        if (entry.Sequence != 0)
        {
            (Entry, HasPlan, IsLong, InitialStop, PlannedRisk, Setup, Confluence) = (entry, true, isLong, stop, risk, setup, confluence);
        }
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(HasPlan);
        if (!HasPlan)
        {
            return;
        }

        writer.WriteRaw(Entry);
        writer.Write(IsOpen);
        writer.Write(IsLong);
        writer.Write(InitialStop.Value);
        writer.Write(PlannedRisk);
        writer.Write(Setup);
        writer.Write(Confluence);
        writer.Write(EntryPrice);
        writer.Write(Risk);
        writer.Write(EntryLots);
        writer.Write(IsSettled);
        writer.Write(IsAtBreakeven);
        writer.WriteRaw(AddOn);
        writer.Write(IsAddOnSpent);
        writer.WriteRaw(Exit);
        writer.Write(RetryAt);
        First.Save(ref writer);
        Second.Save(ref writer);
    }

    public void Restore(ref StateReader reader)
    {
        Clear();
        HasPlan = reader.ReadBoolean();
        if (!HasPlan)
        {
            return;
        }

        Entry = reader.ReadRaw<ClientOrderId>();
        IsOpen = reader.ReadBoolean();
        IsLong = reader.ReadBoolean();
        InitialStop = new PriceTicks(reader.ReadInt64());
        PlannedRisk = reader.ReadDecimal();
        Setup = reader.ReadString();
        Confluence = reader.ReadString();
        EntryPrice = reader.ReadDecimal();
        Risk = reader.ReadDecimal();
        EntryLots = reader.ReadInt64();
        IsSettled = reader.ReadBoolean();
        IsAtBreakeven = reader.ReadBoolean();
        AddOn = reader.ReadRaw<ClientOrderId>();
        IsAddOnSpent = reader.ReadBoolean();
        Exit = reader.ReadRaw<ClientOrderId>();
        RetryAt = reader.ReadTimestamp();
        First = TargetState.Restore(ref reader);
        Second = TargetState.Restore(ref reader);
    }

    public void Clear()
    {
        HasPlan = IsOpen = IsLong = IsSettled = IsAtBreakeven = IsAddOnSpent = false;
        Entry = AddOn = Exit = default;
        InitialStop = default;
        Setup = Confluence = "";
        EntryPrice = Risk = PlannedRisk = 0;
        EntryLots = 0;
        RetryAt = default;
        First = Second = default;
    }
}
