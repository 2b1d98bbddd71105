using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Conversions;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Uphold.Mapping;

namespace Harrier.Exchanges.Uphold;

/// <summary>A commit that may have been sent.</summary>
/// <param name="Conversion">What was committed.</param>
/// <param name="Sent">When it may have left.</param>
/// <param name="DeadAt">From when on the venue can certainly not take it up any more: its quote has lapsed.</param>
internal sealed record PossibleCommit(OpenConversion Conversion, Timestamp Sent, Timestamp DeadAt);

/// <summary>
/// Finds out by reading alone what became of a commit. The life of the quote is the quiet time: once it is over, a transaction that is still a quote, or not
/// there, cannot move anything any more.
/// </summary>
internal sealed class CommitResolver(UpholdClient client, UpholdVenueOptions options, TimeProvider time)
{
    private static readonly TimeSpan LongestEscalation = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ProofTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookBack = TimeSpan.FromHours(1);

    public async Task<ConversionResult> ResolveAsync(PossibleCommit commit, CancellationToken cancellation)
    {
        TimeSpan quiet = commit.DeadAt > commit.Sent ? commit.DeadAt - commit.Sent : TimeSpan.Zero;
        TimeSpan left = commit.DeadAt - Timestamp.From(time.GetUtcNow()) + ProofTime;
        UnknownOutcomeOptions when = options.Unknown(new UnknownOutcomeOptions
        {
            QuietTime = quiet,
            EscalateAfter = left > LongestEscalation ? left : LongestEscalation,
        });
        UnknownOutcomeQueries<UpholdTransaction> queries = new()
        {
            ById = stop => LookAsync(commit.Conversion.Id, stop),
            Fills = stop => SearchAsync(commit, stop),
            AccountAgrees = options.AccountAgrees ?? (static _ => Task.FromResult<bool?>(true)),

            // There is no stream that could have lost something.
            StreamSoundSince = () => commit.Sent,
        };
        try
        {
            UnknownResolution<UpholdTransaction> found = await new UnknownOutcomeResolver<UpholdTransaction>(when, queries, commit.Sent, time).ResolveAsync(cancellation).ConfigureAwait(false);
            return found.State switch
            {
                UnknownState.Adopted when found.Order is { } transaction => EndOf(transaction, commit.Conversion),
                UnknownState.ProvenAbsent => ConversionAnswers.NotDone(RejectReason.ProvenAbsent, found.Reason),
                _ => ConversionAnswers.Unknown("not settled in time: " + found.Reason),
            };
        }
        catch (OperationCanceledException)
        {
            return ConversionAnswers.Unknown("given up while the outcome was unknown");
        }
    }

    /// <summary>What a transaction says once it has ended; null while it may still go either way.</summary>
    public static ConversionResult? EndOrNull(UpholdTransaction transaction, OpenConversion conversion) => transaction.Status switch
    {
        UpholdStatus.Completed => new ConversionResult(
            ConversionOutcome.Done, ConversionMapping.Of(transaction, conversion.Intent, conversion.Expires), RejectReason.None, transaction.RawStatus),
        UpholdStatus.Failed or UpholdStatus.Canceled => ConversionAnswers.NotDone(RejectReason.Other, $"the transaction is {transaction.RawStatus}"),
        _ => null,
    };

    private static ConversionResult EndOf(UpholdTransaction transaction, OpenConversion conversion) =>
        EndOrNull(transaction, conversion) ?? ConversionAnswers.Unknown($"the transaction is {transaction.RawStatus}");

    private async Task<(Sighting Seen, UpholdTransaction? Order)> LookAsync(VenueTradeId id, CancellationToken cancellation)
    {
        VenueResult<UpholdTransaction> answer = await client.TransactionAsync(id, cancellation).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return (answer.Error.Kind == VenueErrorKind.OrderNotFound && answer.Error.NativeCode == 404 ? Sighting.NotFound : Sighting.NoAnswer, null);
        }

        return answer.Value.Status switch
        {
            UpholdStatus.Completed or UpholdStatus.Failed or UpholdStatus.Canceled => (Sighting.Found, answer.Value),

            // Still a quote: the commit has not arrived, and may only until the quote lapses.
            UpholdStatus.Pending => (Sighting.NotFound, null),
            _ => (Sighting.NoAnswer, null),
        };
    }

    // The list has committed transactions alone, so that being in it is the proof that the amounts move.
    private async Task<Sighting> SearchAsync(PossibleCommit commit, CancellationToken cancellation)
    {
        Timestamp from = new(commit.Sent.Nanos - (LookBack.Ticks * 100));
        VenueResult<IReadOnlyList<UpholdTransaction>> answer = await client.TransactionsAsync(
            null, t => t.Id == commit.Conversion.Id || t.CreatedAt < from, cancellation).ConfigureAwait(false);
        return !answer.IsOk ? Sighting.NoAnswer
            : answer.Value.Any(t => t.Id == commit.Conversion.Id) ? Sighting.Found
            : Sighting.NotFound;
    }
}
