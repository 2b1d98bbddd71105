using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;

namespace Harrier.Storage.Journal;

/// <summary>What a replay found.</summary>
/// <param name="Inputs">Inputs fed.</param>
/// <param name="Decisions">Orders and cancellations compared.</param>
/// <param name="StateHash">Hash of the replayed engine's state, as far as it got.</param>
/// <param name="Divergence">The first decision that differs; null when all are the same.</param>
public sealed record ReplayOutcome(long Inputs, long Decisions, string StateHash, string? Divergence);

/// <summary>
/// Feeds the inputs of a journal into a fresh engine whose venue sends nothing, and checks that it would send the same orders in the
/// same order.
/// </summary>
public static class JournalReplay
{
    /// <summary>Replays a journal.</summary>
    /// <param name="reader">The journal.</param>
    /// <param name="createEngine">Makes an engine with the options of the recorded one, on the venue given.</param>
    /// <exception cref="JournalException">The journal is damaged.</exception>
    public static ReplayOutcome Run(JournalReader reader, Func<IVenue, TradingEngine> createEngine)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(createEngine);
        ReplayVenue venue = new();
        TradingEngine engine = createEngine(venue);
        long inputs = 0;
        foreach (JournalRecord record in reader.Records())
        {
            if (record.Type >= JournalRecordType.Submitted)
            {
                venue.Expect(record);
            }
            else if (venue.Divergence is null)
            {
                venue.ExpectNothingLeft(record);
                Feed(engine, record);
                inputs++;
            }

            if (venue.Divergence is not null)
            {
                break;
            }
        }

        venue.ExpectNothingLeft(default);
        return new ReplayOutcome(inputs, venue.Compared, engine.StateHash(), venue.Divergence);
    }

    private static void Feed(TradingEngine engine, JournalRecord record)
    {
        StateReader reader = new(record.Payload.Span);
        switch (record.Type)
        {
            case JournalRecordType.Bar:
                engine.Process(reader.ReadRaw<Bar>());
                break;
            case JournalRecordType.Market:
                engine.Process(reader.ReadRaw<MarketEvent>());
                break;
            case JournalRecordType.Execution:
                engine.Process(ExecutionReport.Read(ref reader));
                break;
            case JournalRecordType.Account:
                BotId bot = new(reader.ReadInt32());
                decimal amount = reader.ReadDecimal();
                engine.Process(new AccountReport(bot, new Money(amount, new Asset(reader.ReadString())), reader.ReadTimestamp()));
                break;
            case JournalRecordType.Conversion:
                engine.Process(ConversionRecord.Read(ref reader));
                break;
            case JournalRecordType.FeedFault:
                engine.Process(FaultRecord.Read(ref reader));
                break;
            case JournalRecordType.Operator:
                engine.Process(OperatorRecord.Read(ref reader));
                break;
            case JournalRecordType.Heartbeat:
                engine.Process(reader.ReadRaw<Heartbeat>());
                break;
            default:
                throw new JournalException(record.Segment, record.Offset, $"a record of the unknown type {(byte)record.Type}");
        }
    }

    /// <summary>Sends nothing; keeps what the engine would send until the journal says what it did send.</summary>
    private sealed class ReplayVenue : IVenue
    {
        private readonly Queue<string> _made = new();

        public string? Divergence { get; private set; }

        public long Compared { get; private set; }

        public void Submit(ApprovedOrder order) => _made.Enqueue(Text(order.Id, order.Bot, in order.Intent));

        public void Cancel(ClientOrderId order) => _made.Enqueue($"cancel {order}");

        public void Expect(JournalRecord record)
        {
            StateReader reader = new(record.Payload.Span);
            if (record.Type is JournalRecordType.Denied or JournalRecordType.Failure)
            {
                return;
            }

            ClientOrderId id = reader.ReadRaw<ClientOrderId>();
            string expected = record.Type == JournalRecordType.Cancel
                ? $"cancel {id}"
                : Text(id, new BotId(reader.ReadInt32()), reader.ReadRaw<OrderIntent>());
            string made = _made.TryDequeue(out string? next) ? next : "nothing";
            Compared++;
            if (made != expected)
            {
                Divergence ??= $"{record.Segment} at byte {record.Offset}: recorded '{expected}', replayed '{made}'";
            }
        }

        public void ExpectNothingLeft(JournalRecord next)
        {
            if (_made.TryPeek(out string? extra))
            {
                Divergence ??= $"{next.Segment ?? "the end"} at byte {next.Offset}: recorded nothing, replayed '{extra}'";
            }
        }

        private static string Text(ClientOrderId id, BotId bot, in OrderIntent intent) =>
            $"{id} {bot} {intent.Instrument} {intent.Side} {intent.Type} {intent.Size} limit {intent.Limit} trigger {intent.Trigger} "
            + $"trailing {intent.TrailingDistance} {intent.TimeInForce} {(intent.ReduceOnly ? "reduce-only " : "")}{(intent.PostOnly ? "post-only " : "")}{intent.Purpose}";
    }
}
