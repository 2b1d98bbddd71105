using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Requests;

/// <summary>Calls of a venue whose answers are JSON: from the call to one of our values, and what nobody knows is counted.</summary>
/// <param name="rest">Makes the calls.</param>
/// <param name="census">Counts what is unknown.</param>
public sealed class JsonCalls(RestClient rest, WireCensus census)
{
    /// <summary>Makes a call. An answer of another shape is an error; of a write, one of unknown outcome.</summary>
    public async Task<VenueResult<TValue>> SendAsync<TWire, TValue>(
        RestCall call, JsonTypeInfo<TWire> shape, Func<TWire, TValue> map, CancellationToken cancellation)
        where TWire : class
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(map);
        VenueResult<RestAnswer> answer = await rest.SendAsync(call, cancellation).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            if (answer.Error.Kind == VenueErrorKind.Unknown)
            {
                census.NoteWord("code", answer.Error.NativeCode.ToString(CultureInfo.InvariantCulture));
            }

            return answer.As<TValue>();
        }

        try
        {
            TWire? message = JsonSerializer.Deserialize(answer.Value.Body.Span, shape);
            census.Note(message as WireMessage);
            return message is null ? Unreadable<TValue>(call) : VenueResult<TValue>.Ok(map(message));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or OverflowException)
        {
            return Unreadable<TValue>(call);
        }
    }

    private static VenueResult<TValue> Unreadable<TValue>(RestCall call) => VenueResult<TValue>.Failed(new VenueError(
        VenueErrorKind.Malformed, call.IsWrite ? Outcome.Unknown : Outcome.NotDone, 0, $"the answer to {call.Name} has another shape than documented"));
}
