using System.Buffers;
using Harrier.Domain;
using Harrier.Storage.Journal;

namespace Harrier.Hosting.Portfolio;

/// <summary>What the replay of a segment came to.</summary>
/// <param name="Account">The account as it stands at the segment's end.</param>
/// <param name="Inputs">Inputs handled.</param>
/// <param name="Decisions">Decisions, in the states in which they were recorded, oldest first.</param>
/// <param name="Divergence">The first place where something else came out than was recorded; null for none.</param>
public sealed record ReplayedSegment(PortfolioAccount Account, int Inputs, IReadOnlyList<PortfolioDecision> Decisions, string? Divergence);

/// <summary>Makes an account of a segment of its journal again, and compares every decision byte for byte.</summary>
public static class PortfolioReplay
{
    /// <summary>Replays a segment.</summary>
    /// <exception cref="InvalidDataException">The state or a record cannot be read.</exception>
    public static ReplayedSegment Run(StateSegment segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        PortfolioAccount account = PortfolioAccount.Restore(segment.State.Span);
        Queue<byte[]> expected = new();
        List<PortfolioDecision> decisions = [];
        int inputs = 0;
        string? divergence = null;
        foreach (StateRecord record in segment.Records)
        {
            if (record.Type == PortfolioInputFormat.Decision)
            {
                StateReader reader = new(record.Payload.Span);
                decisions.Add(DecisionFormat.Read(ref reader));
                bool isSame = expected.TryDequeue(out byte[]? made) && record.Payload.Span.SequenceEqual(made);
                divergence ??= isSame ? null : $"decision {decisions[^1].Number} after input {inputs} is another";
                continue;
            }

            divergence ??= expected.Count == 0 ? null : $"a decision after input {inputs} was not recorded";
            expected.Clear();
            PortfolioStep step = account.Handle(PortfolioInputFormat.Read(record.Type, record.Payload.Span));
            inputs++;
            foreach (PortfolioDecision decision in DecisionsOf(step))
            {
                expected.Enqueue(BytesOf(decision));
            }
        }

        return new ReplayedSegment(account, inputs, decisions, divergence);
    }

    /// <summary>The decisions of a step, in the order in which they are recorded.</summary>
    internal static IEnumerable<PortfolioDecision> DecisionsOf(PortfolioStep step) => ((PortfolioDecision?[])[step.Decision, step.Onward]).OfType<PortfolioDecision>();

    internal static byte[] BytesOf(PortfolioDecision decision)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        StateWriter writer = new(buffer);
        DecisionFormat.Write(ref writer, decision);
        return buffer.WrittenSpan.ToArray();
    }
}
