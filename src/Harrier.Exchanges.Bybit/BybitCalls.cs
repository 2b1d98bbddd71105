using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit;

/// <summary>From a call to what is inside the envelope of its answer, and from pages to a list.</summary>
internal sealed class BybitCalls(BybitConnection connection)
{
    // A cursor that leads in a circle must end; no list that is asked for is longer.
    private const int MostPages = 200;

    private readonly JsonCalls _calls = new(connection.Rest, connection.Census);

    public Task<VenueResult<TValue>> SendAsync<TWire, TValue>(
        BybitCall call, JsonTypeInfo<AnswerMessage<TWire>> shape, Func<AnswerMessage<TWire>, TValue> map, CancellationToken cancellation)
        where TWire : class => _calls.SendAsync(Sent(call), shape, answer =>
        {
            connection.Census.Note(answer.Result as WireMessage);
            return map(answer);
        }, cancellation);

    /// <summary>Makes a call whose answer holds nothing but success; "already so" is success.</summary>
    public async Task<VenueResult<bool>> DoneAsync(BybitCall call, CancellationToken cancellation)
    {
        VenueResult<bool> done = await _calls.SendAsync(Sent(call), BybitJson.Default.AnswerMessageDoneMessage, static _ => true, cancellation).ConfigureAwait(false);
        return !done.IsOk && done.Error.Kind == VenueErrorKind.AlreadySo ? VenueResult<bool>.Ok(true) : done;
    }

    /// <summary>Reads pages until the last one, or until there is enough.</summary>
    /// <param name="page">The call for a page by its cursor; null for the first.</param>
    /// <param name="shape">Shape of a page.</param>
    /// <param name="enough">How many items are enough.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<VenueResult<IReadOnlyList<TWire>>> PagesAsync<TWire>(
        Func<string?, BybitCall> page, JsonTypeInfo<AnswerMessage<ListMessage<TWire>>> shape, int enough, CancellationToken cancellation)
        where TWire : WireMessage
    {
        List<TWire> items = [];
        string? cursor = null;
        for (int pages = 0; pages < MostPages; pages++)
        {
            VenueResult<ListMessage<TWire>> read = await SendAsync(page(cursor), shape, Listed, cancellation).ConfigureAwait(false);
            if (!read.IsOk)
            {
                return read.As<IReadOnlyList<TWire>>();
            }

            items.AddRange(read.Value.List);
            read.Value.List.ForEach(connection.Census.Note);
            if (read.Value.NextPageCursor is not { Length: > 0 } next || next == cursor || read.Value.List.Count == 0 || items.Count >= enough)
            {
                break;
            }

            cursor = next;
        }

        return VenueResult<IReadOnlyList<TWire>>.Ok(items);
    }

    private static ListMessage<TWire> Listed<TWire>(AnswerMessage<ListMessage<TWire>> answer)
        where TWire : WireMessage => answer.Result ?? throw new JsonException("a list is missing");

    private RestCall Sent(BybitCall call) => new()
    {
        Build = now => BybitSigner.Build(connection.Signer, call, now),
        Name = $"{call.Method} {call.Path}",
        Priority = call.Priority,
        Costs = BybitLimits.CostsOf(call),
        UsageRule = call.Rule,
        IsWrite = call.IsWrite,
        IsSigned = call.Rule is not null,
        AddsRisk = call.AddsRisk,
    };
}
