using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Uphold.Wire;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Uphold;

/// <summary>How a list is read.</summary>
/// <param name="Shape">Its items.</param>
/// <param name="Map">An item in our words.</param>
/// <param name="IdOf">Tells items apart.</param>
internal sealed record ListReading<TWire, TValue>(JsonTypeInfo<List<TWire>> Shape, Func<TWire, TValue> Map, Func<TValue, string> IdOf)
{
    /// <summary>Ends the reading after the page that has an item like this; null reads all.</summary>
    public Func<TValue, bool>? IsEnough { get; init; }

    /// <summary>True when the newest items are enough where there are too many to read; else too many are an error.</summary>
    public bool NewestSuffice { get; init; }
}

/// <summary>Makes calls: adds the token, asks for one where that is due, reads the answer.</summary>
internal sealed class UpholdCaller(RestClient rest, UpholdAuthorization? authorization, WireCensus census) : IDisposable
{
    private const int MostPages = 40;
    private readonly SemaphoreSlim _renewing = new(1, 1);

    public WireCensus Census { get; } = census;

    public async Task<VenueResult<TValue>> SendAsync<TWire, TValue>(UpholdCall call, JsonTypeInfo<TWire> shape, Func<TWire, TValue> map, CancellationToken cancellation)
        where TWire : class
    {
        VenueResult<RestAnswer> answer = await SendAsync(call, cancellation).ConfigureAwait(false);
        return answer.IsOk ? Read(call, answer.Value, shape, map) : answer.As<TValue>();
    }

    public async Task<VenueResult<IReadOnlyList<TValue>>> ListAsync<TWire, TValue>(
        Func<ItemRange, UpholdCall> page, ListReading<TWire, TValue> reading, CancellationToken cancellation)
        where TWire : class
    {
        List<TValue> all = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int first = 0; first < MostPages * ItemRange.PageSize; first += ItemRange.PageSize)
        {
            UpholdCall call = page(ItemRange.Page(first));
            VenueResult<RestAnswer> answer = await SendAsync(call, cancellation).ConfigureAwait(false);

            // A list that became shorter while it was read ends before the page that was asked for; an empty one has no first page.
            if (!answer.IsOk)
            {
                return answer.Error.NativeCode == 416 ? VenueResult<IReadOnlyList<TValue>>.Ok(all) : answer.As<IReadOnlyList<TValue>>();
            }

            VenueResult<List<TValue>> items = Read(call, answer.Value, reading.Shape, list => list.ConvertAll(item => reading.Map(item)));
            if (!items.IsOk)
            {
                return items.As<IReadOnlyList<TValue>>();
            }

            // What was added at the front meanwhile moves the rest to the next page once more.
            all.AddRange(items.Value.Where(item => seen.Add(reading.IdOf(item))));
            int end = first + ItemRange.PageSize;
            bool isLast = ItemRange.TotalOf(answer.Value.Headers) is int total ? total <= end : items.Value.Count < ItemRange.PageSize;
            if (isLast || (reading.IsEnough is { } isEnough && items.Value.Any(isEnough)))
            {
                return VenueResult<IReadOnlyList<TValue>>.Ok(all);
            }
        }

        return reading.NewestSuffice
            ? VenueResult<IReadOnlyList<TValue>>.Ok(all)
            : VenueResult<IReadOnlyList<TValue>>.Failed(new VenueError(VenueErrorKind.NotSupported, Outcome.NotDone, 0, $"the list has more than {MostPages * ItemRange.PageSize} items"));
    }

    public void Dispose() => _renewing.Dispose();

    private async Task<VenueResult<RestAnswer>> SendAsync(UpholdCall call, CancellationToken cancellation)
    {
        VenueResult<RestAnswer> answer = await OnceAsync(call, cancellation).ConfigureAwait(false);

        // A token that ended is replaced and the call made again: it was refused before it could do anything.
        bool isRenewable = !answer.IsOk && answer.Error.Kind == VenueErrorKind.Authentication && answer.Error.NativeCode == 401
            && !call.IsPublic && !call.IsWrite && authorization is { CanRenew: true };
        if (!isRenewable)
        {
            return answer;
        }

        authorization!.Forget();
        return await OnceAsync(call, cancellation).ConfigureAwait(false);
    }

    private async Task<VenueResult<RestAnswer>> OnceAsync(UpholdCall call, CancellationToken cancellation)
    {
        if (!call.IsPublic && authorization is { NeedsToken: true })
        {
            VenueResult<bool> token = await RenewAsync(authorization, cancellation).ConfigureAwait(false);
            if (!token.IsOk)
            {
                return token.As<RestAnswer>();
            }
        }

        VenueResult<RestAnswer> answer = await rest.SendAsync(
            new RestCall { Build = _ => call.Build(authorization), Priority = call.Priority, Costs = UpholdLimits.One, IsWrite = call.IsWrite }, cancellation).ConfigureAwait(false);
        if (!answer.IsOk && answer.Error.Kind == VenueErrorKind.Unknown)
        {
            Census.NoteWord("code", answer.Error.Message);
        }

        return answer;
    }

    private async Task<VenueResult<bool>> RenewAsync(UpholdAuthorization wanting, CancellationToken cancellation)
    {
        await _renewing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!wanting.NeedsToken)
            {
                return VenueResult<bool>.Ok(true);
            }

            RestCall call = new() { Build = _ => wanting.TokenRequest(), Priority = RequestPriority.Critical, Costs = UpholdLimits.OneToken, IsWrite = true };
            VenueResult<RestAnswer> answer = await rest.SendAsync(call, cancellation).ConfigureAwait(false);

            // A token that was made and lost changes nothing: what waited for it was not sent.
            return !answer.IsOk
                ? VenueResult<bool>.Failed(answer.Error with { Outcome = Outcome.NotDone })
                : JsonOf(answer.Value, UpholdJson.Default.TokenMessage) is TokenMessage message ? wanting.Take(message.AccessToken) : wanting.Take("");
        }
        finally
        {
            _renewing.Release();
        }
    }

    private static VenueResult<TValue> Read<TWire, TValue>(UpholdCall call, RestAnswer answer, JsonTypeInfo<TWire> shape, Func<TWire, TValue> map)
        where TWire : class
    {
        try
        {
            TWire? message = JsonSerializer.Deserialize(answer.Body.Span, shape);
            return message is null ? Unreadable<TValue>(call) : VenueResult<TValue>.Ok(map(message));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException)
        {
            return Unreadable<TValue>(call);
        }
    }

    private static TWire? JsonOf<TWire>(RestAnswer answer, JsonTypeInfo<TWire> shape)
        where TWire : class
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Body.Span, shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static VenueResult<TValue> Unreadable<TValue>(UpholdCall call) => VenueResult<TValue>.Failed(new VenueError(
        VenueErrorKind.Malformed, call.IsWrite ? Outcome.Unknown : Outcome.NotDone, 0, $"the answer to {call.Method} {call.Path} has another shape than documented, or amounts too long to be kept exactly"));
}
